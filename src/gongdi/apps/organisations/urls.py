"""Addresses of the pages of bodies, responsibilities, meetings and experts."""

from django.urls import path

from gongdi.apps.organisations.views import bodies, experts, meetings, responsibilities

app_name = "organisations"
urlpatterns = [
    path("bodies/", bodies.see_bodies, name="see_bodies"),
    path("bodies/add/", bodies.add_body, name="add_body"),
    path("bodies/set-up/", bodies.set_up_bodies, name="set_up_bodies"),
    path("bodies/<int:pk>/", bodies.see_body, name="see_body"),
    path("bodies/<int:pk>/correct/", bodies.correct_body, name="correct_body"),
    path("bodies/<int:pk>/end/", bodies.end_body, name="end_body"),
    path("bodies/<int:pk>/members/add/", bodies.add_member, name="add_member"),
    path("members/<int:pk>/end/", bodies.end_member, name="end_member"),
    path("compounds/<int:pk>/bodies/add/", bodies.add_compound_body, name="add_compound_body"),
    path("leaders/", bodies.see_leaders, name="see_leaders"),
    path("leaders/assign/", bodies.assign_leader, name="assign_leader"),
    path("leaders/<int:pk>/end/", bodies.end_leader, name="end_leader"),
    path("responsibilities/", responsibilities.see_responsibilities, name="see_responsibilities"),
    path("responsibilities/export/", responsibilities.export_responsibilities, name="export_responsibilities"),
    path("experts/", experts.see_entries, name="see_entries"),
    path("experts/admit/", experts.admit_entry, name="admit_entry"),
    path("experts/<int:pk>/", experts.see_entry, name="see_entry"),
    path("experts/<int:pk>/record/", experts.record_entry, name="record_entry"),
    path("experts/<int:pk>/suspend/", experts.suspend_entry, name="suspend_entry"),
    path("experts/<int:pk>/restore/", experts.restore_entry, name="restore_entry"),
    path("experts/<int:pk>/remove/", experts.remove_entry, name="remove_entry"),
    path("meetings/", meetings.see_meetings, name="see_meetings"),
    path("meetings/record/", meetings.record_meeting, name="record_meeting"),
    path("meetings/<int:pk>/", meetings.see_meeting, name="see_meeting"),
    path("meetings/<int:pk>/follow-ups/add/", meetings.add_follow_up, name="add_follow_up"),
    path("follow-ups/", meetings.see_follow_ups, name="see_follow_ups"),
    path("follow-ups/<int:pk>/", meetings.see_follow_up, name="see_follow_up"),
    path("follow-ups/<int:pk>/note/", meetings.note_follow_up, name="note_follow_up"),
    path("follow-ups/<int:pk>/close/", meetings.close_follow_up, name="close_follow_up"),
]
