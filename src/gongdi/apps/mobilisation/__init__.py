"""Mobilisation (上门动员): who has not been reached in a vote or a consultation, and visits."""
