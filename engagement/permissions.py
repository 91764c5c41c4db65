"""What may a member of staff do with ideas, projects, conventions and the ledger? Django's permissions, said."""

from communities.permissions import Anyone, holds

LIAISONS = "Élus"
"""The group of the elected, of whom each idea and project may have one as its liaison."""


def may_see_ideas(user: Anyone) -> bool:
    """Those that nobody published yet, with who proposes them."""
    return holds(user, "engagement.view_idea")


def may_examine_ideas(user: Anyone) -> bool:
    """Begin the examination, ask for more, note opinions, publish an idea, type one in."""
    return holds(user, "engagement.change_idea")


def may_see_projects(user: Anyone) -> bool:
    return holds(user, "engagement.view_project")


def may_follow_projects(user: Anyone) -> bool:
    """Say that work began, that it is delivered, that it is looked after, that it ended."""
    return holds(user, "engagement.change_project")


def may_take_over_projects(user: Anyone) -> bool:
    """Write down a project from before this register."""
    return holds(user, "engagement.add_project")


def may_change_teams(user: Anyone) -> bool:
    """Who carries a project, and under which name the site shows them."""
    return holds(user, "engagement.change_teammate")


def may_see_conventions(user: Anyone) -> bool:
    """In full: with names and signatures. The public register shows a summary to everyone."""
    return holds(user, "engagement.view_convention")


def may_write_conventions(user: Anyone) -> bool:
    return holds(user, "engagement.change_convention")


def may_take_signatures(user: Anyone) -> bool:
    """Note a paper that was signed, ask for signatures on screen."""
    return holds(user, "engagement.sign_convention")


def may_see_ledger(user: Anyone) -> bool:
    return holds(user, "engagement.view_ledgerentry")


def may_see_evidence(user: Anyone) -> bool:
    """Bills and hour sheets, which may name residents: for those who keep the accounts."""
    return may_keep_the_ledger(user)


def may_keep_the_ledger(user: Anyone) -> bool:
    """Write entries and undo them."""
    return holds(user, "engagement.add_ledgerentry")


def may_follow_stewardship(user: Anyone) -> bool:
    """Plan checks, and note what was found."""
    return holds(user, "engagement.change_stewardshipcheck")


def may_see_stewardship(user: Anyone) -> bool:
    """What is checked when, by whom, and what was found."""
    return holds(user, "engagement.view_stewardshipcheck")


def may_see_followers(user: Anyone) -> bool:
    """Whom news of a project would reach, by name and channel; the letter they would read."""
    return holds(user, "communities.view_writtenletter")


def may_tell_followers(user: Anyone) -> bool:
    """Send them a milestone, or the news of their projects."""
    return holds(user, "communities.add_mailing")


def may_write_sheets(user: Anyone) -> bool:
    """What a delivered project taught, and when everyone may read it."""
    return holds(user, "engagement.change_projectsheet")


def may_give_certificates(user: Anyone) -> bool:
    """See who asks for one, grant it or leave it."""
    return holds(user, "engagement.change_certificaterequest")


def may_look_at_day_accounts(user: Anyone) -> bool:
    """How work days are told, before everyone reads it; their pictures."""
    return holds(user, "engagement.change_dayaccount")


def may_name_who_came(user: Anyone) -> bool:
    """Who was expected and who was there, by name, with a reason that is kept."""
    return holds(user, "engagement.view_attendance")


def may_see_work_days(user: Anyone) -> bool:
    """Their shifts and needs, and who comes; addresses are another right."""
    return holds(user, "engagement.view_workday")


def may_plan_work_days(user: Anyone) -> bool:
    """Write down, change, repeat and publish."""
    return holds(user, "engagement.change_workday")


def may_decide_on_work_days(user: Anyone) -> bool:
    """Say yes or no to those that coordinators propose."""
    return holds(user, "engagement.add_workday")


def may_write_volunteers_down(user: Anyone) -> bool:
    """Who telephoned or came to the desk to help."""
    return holds(user, "engagement.add_volunteer")
