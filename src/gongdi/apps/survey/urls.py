"""Addresses of the survey; all lie under survey/, the scope of what works without reception."""

from django.urls import path

from gongdi.apps.survey.views import campaigns, filling, review, sheets

app_name = "survey"
urlpatterns = [
    path("survey/", campaigns.see_campaigns, name="see_campaigns"),
    path("survey/mine/", filling.see_assignments, name="see_assignments"),
    path("survey/worker.js", filling.see_worker, name="see_worker"),
    path("survey/token/", filling.see_token, name="see_token"),
    path("survey/campaigns/draft/", campaigns.draft_campaign, name="draft_campaign"),
    path("survey/campaigns/<int:pk>/", campaigns.see_campaign, name="see_campaign"),
    path("survey/campaigns/<int:pk>/change/", campaigns.change_campaign, name="change_campaign"),
    path("survey/campaigns/<int:pk>/open/", campaigns.open_campaign, name="open_campaign"),
    path("survey/campaigns/<int:pk>/close/", campaigns.close_campaign, name="close_campaign"),
    path("survey/campaigns/<int:pk>/sheet/", sheets.export_sheet, name="export_sheet"),
    path("survey/campaigns/<int:pk>/sheet/upload/", sheets.upload_sheet, name="upload_sheet"),
    path("survey/sheets/<int:pk>/", sheets.see_sheet, name="see_sheet"),
    path("survey/sheets/<int:pk>/keep/", sheets.keep_sheet, name="keep_sheet"),
    path("survey/sheets/<int:pk>/discard/", sheets.discard_sheet, name="discard_sheet"),
    path("survey/assignments/<int:pk>/", filling.fill_assignment, name="fill_assignment"),
    path("survey/assignments/<int:pk>/answers/send/", filling.send_answers, name="send_answers"),
    path("survey/assignments/<int:pk>/photos/send/", filling.send_photo, name="send_photo"),
    path("survey/assignments/<int:pk>/reassign/", campaigns.reassign_assignment, name="reassign_assignment"),
    path("survey/assignments/<int:pk>/review/", review.review_assignment, name="review_assignment"),
    path("survey/assignments/<int:pk>/accept/", review.accept_submission, name="accept_submission"),
    path("survey/assignments/<int:pk>/return/", review.return_submission, name="return_submission"),
]
