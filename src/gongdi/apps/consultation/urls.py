"""Addresses of consultations: the office's, and residents' (under my/)."""

from django.urls import path

from gongdi.apps.consultation.views import answering, contents, drafting, own, results, rounds

app_name = "consultation"
urlpatterns = [
    path("consultations/", rounds.see_rounds, name="see_rounds"),
    path("compounds/<int:pk>/consultations/draft/", drafting.draft_round, name="draft_round"),
    path("consultations/<int:pk>/", rounds.see_round, name="see_round"),
    path("consultations/<int:pk>/edit/", drafting.edit_round, name="edit_round"),
    path("consultations/<int:pk>/discard/", drafting.discard_round, name="discard_round"),
    path("consultations/<int:pk>/items/", drafting.choose_items, name="choose_items"),
    path("consultations/<int:pk>/menu/", drafting.price_menu, name="price_menu"),
    path("consultations/<int:pk>/menu/<int:number>/photo/", drafting.add_photo, name="add_photo"),
    path("consultations/<int:pk>/open/", drafting.open_round, name="open_round"),
    path("consultations/<int:pk>/extend/", rounds.extend_round, name="extend_round"),
    path("consultations/<int:pk>/close/", rounds.close_round, name="close_round"),
    path("consultations/<int:pk>/households/", answering.see_households, name="see_households"),
    path("consultations/<int:pk>/households/<int:number>/", answering.enter_answer, name="enter_answer"),
    path("consultations/<int:pk>/households/<int:number>/attempt/", answering.note_attempt, name="note_attempt"),
    path("consultations/<int:pk>/sheets/", answering.print_sheets, name="print_sheets"),
    path("consultations/<int:pk>/results/", results.see_results, name="see_results"),
    path("consultations/<int:pk>/results/export/", results.export_results, name="export_results"),
    path("consultations/<int:pk>/words/", results.see_words, name="see_words"),
    path("consultations/<int:pk>/will/", results.judge_will, name="judge_will"),
    path("consultations/<int:pk>/contents/", contents.fix_content_list, name="fix_content_list"),
    path("contents/<int:pk>/", contents.see_content_list, name="see_content_list"),
    path("contents/<int:pk>/export/", contents.export_content_list, name="export_content_list"),
    path("contents/<int:pk>/application/", contents.see_application, name="see_application"),
    path("contents/<int:pk>/application/file/", contents.file_application, name="file_application"),
    path("my/consultations/", own.see_own_rounds, name="see_own_rounds"),
    path("my/consultations/round/<str:code>/", own.see_own_round, name="see_own_round"),
    path("my/consultations/<int:pk>/", own.answer_round, name="answer_round"),
    path("my/consultations/<int:pk>/photos/<int:number>/", own.show_item_photo, name="show_item_photo"),
]
