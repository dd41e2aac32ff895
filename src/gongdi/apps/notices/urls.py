"""Addresses of notices: the office's, residents' (under my/), the public's (under notice/)."""

from django.urls import path

from gongdi.apps.notices.views import office, open_to_all, own, steps

app_name = "notices"
urlpatterns = [
    path("notices/", office.see_notices, name="see_notices"),
    path("notices/draft/", office.draft_place_notice, name="draft_place_notice"),
    path("compounds/<int:pk>/notices/draft/", office.draft_notice, name="draft_notice"),
    path("notices/<int:pk>/", office.see_notice, name="see_notice"),
    path("notices/<int:pk>/edit/", office.edit_notice, name="edit_notice"),
    path("notices/<int:pk>/files/attach/", office.attach_file, name="attach_file"),
    path("notices/<int:pk>/correct/", office.correct_notice, name="correct_notice"),
    path("notices/<int:pk>/print/", office.print_notice, name="print_notice"),
    path("notices/<int:pk>/publish/", steps.publish_notice, name="publish_notice"),
    path("notices/<int:pk>/postings/record/", steps.record_posting, name="record_posting"),
    path("notices/<int:pk>/end/", steps.end_notice, name="end_notice"),
    path("notices/<int:pk>/finish/", steps.finish_notice, name="finish_notice"),
    path("notices/<int:pk>/withdraw/", steps.withdraw_notice, name="withdraw_notice"),
    path("notices/<int:pk>/objections/enter/", steps.enter_objection, name="enter_objection"),
    path("objections/<int:pk>/answer/", steps.answer_objection, name="answer_objection"),
    path("my/notices/", own.see_own_notices, name="see_own_notices"),
    path("my/notices/<str:code>/", own.see_own_notice, name="see_own_notice"),
    path("my/notices/<str:code>/object/", own.raise_objection, name="raise_objection"),
    path("notice/<str:code>/", open_to_all.see_public_notice, name="see_public_notice"),
    path("notice/<str:code>/files/<int:pk>/", open_to_all.show_public_file, name="show_public_file"),
    path(
        "notice/<str:code>/files/<int:pk>/thumbnail/", open_to_all.show_public_thumbnail, name="show_public_thumbnail"
    ),
]
