"""Addresses of votes: the office's, residents' (under my/), the public's (under verify/ and proof/)."""

from django.urls import path

from gongdi.apps.voting.views import deciding, entering, open_to_all, own, steps

app_name = "voting"
urlpatterns = [
    path("votes/", deciding.see_votes, name="see_votes"),
    path("compounds/<int:pk>/votes/draft/", deciding.draft_vote, name="draft_vote"),
    path("votes/<int:pk>/", deciding.see_vote, name="see_vote"),
    path("votes/<int:pk>/roll/", deciding.see_frozen_roll, name="see_frozen_roll"),
    path("votes/<int:pk>/freeze/", steps.freeze_roll, name="freeze_roll"),
    path("votes/<int:pk>/open/", steps.open_vote, name="open_vote"),
    path("votes/<int:pk>/close/", steps.close_vote, name="close_vote"),
    path("votes/<int:pk>/end/", steps.end_vote_early, name="end_vote_early"),
    path("votes/<int:pk>/publish/", steps.publish_result, name="publish_result"),
    path("votes/<int:pk>/finish/", steps.finish_vote, name="finish_vote"),
    path("votes/<int:pk>/void/", steps.void_vote, name="void_vote"),
    path("votes/<int:pk>/ballots/", entering.print_ballots, name="print_ballots"),
    path("votes/<int:pk>/papers/", entering.see_papers, name="see_papers"),
    path("votes/<int:pk>/papers/<int:number>/", entering.enter_paper, name="enter_paper"),
    path("votes/<int:pk>/papers/receive/", entering.receive_paper, name="receive_paper"),
    path("papers/<int:pk>/discard/", entering.discard_paper, name="discard_paper"),
    path("papers/<int:pk>/check/", entering.check_paper, name="check_paper"),
    path("my/votes/", own.see_own_votes, name="see_own_votes"),
    path("my/votes/<int:pk>/", own.cast_ballot, name="cast_ballot"),
    path("my/votes/<int:pk>/receipt/", own.see_receipt, name="see_receipt"),
    path("proof/<str:code>/", open_to_all.see_proof, name="see_proof"),
    path("proof/<str:code>/file/", open_to_all.export_public_file, name="export_public_file"),
    path("verify/program/", open_to_all.export_program, name="export_program"),
    path("verify/page/", open_to_all.export_page, name="export_page"),
]
