"""The survey (摸底调查): campaigns, forms for the phone, review, and what is accepted becomes facts and findings."""
