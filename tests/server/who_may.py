"""Who of the staff may open which address of ours: the table."""

C, P, A, E = "communication", "participation", "administration", "elected"
NOBODY, MASTERS, MANAGERS, EVERYONE, READERS = set[str](), {A}, {P, A}, {C, P, A}, {C, P, A, E}
HOME, SIGN_IN = "/admin/", "/compte/login/"


def rows(namespace: str, views: str, who: set[str]) -> dict[str, set[str]]:
    return {f"{namespace}:{view}": who for view in views.split()}


LIST, HISTORY = "index index_results", "history history_results usage"
WHO_MAY = {
    **rows("meetings_list", LIST, EVERYONE),
    **rows("meetings_desk", "invitations invitations_results progress by_hand to_invite to_invite_results", EVERYONE),
    **rows("meetings_desk", "preview send_test send answers answers_results write_down type_in slips", EVERYONE),
    **rows("meetings_desk", "call_list prepare_paper paper_letters paper_labels paper_posted", MANAGERS),
    **rows("meetings_desk", "waiting_list waiting_list_results preview_change send_now foretell", EVERYONE),
    **rows("work_days_desk", "work_day add_shifts plan again decide write_helper_down take_helper_off", EVERYONE),
    **rows("wagtailsnippets_meetings_venue", f"list list_results add edit delete {HISTORY}", EVERYONE),
    **rows("wagtailsnippetchoosers_meetings_venue", "create", EVERYONE),
    **rows("projects_list", LIST, EVERYONE),
    **rows("conventions_desk", f"{LIST} inspect versions pdf scan", READERS),
    **rows("conventions_desk", "add edit propose take_back drop amend delete paper ask end", MANAGERS),
    **rows("conventions_desk", "history history_results", MANAGERS),
    **rows("convention_models", f"{LIST} add edit delete copy {HISTORY}", MANAGERS),
    **rows("stewardship", "index results inspect photo project", READERS),
    **rows(
        "stewardship", "type_in entrust move call_off put_right show_photo conclude note_duty drop_duty pass", MANAGERS
    ),
    **rows("mailings", "index results inspect inspect_results progress pause resume try_again say_done", EVERYONE),
    **rows(
        "letters", f"{LIST} add edit delete read readers readers_results preview send_test send {HISTORY}", EVERYONE
    ),
    **rows("mailings", "paper posted", MANAGERS),
    **rows("received", "index results", EVERYONE),
    **rows("sending_check", "index", EVERYONE),
    **rows("communities_desk", f"{LIST} inspect edit {HISTORY}", EVERYONE),
    **rows("communities_desk", "add delete change_role let_leave answer_request", MANAGERS),
    **rows("communities_desk", "life", EVERYONE),
    **rows("residents", f"{LIST} add edit inspect held erase {HISTORY}", MANAGERS),
    **rows("residents", "delete", NOBODY),
    **rows("neighbourhoods", f"{LIST} add edit delete {HISTORY}", MANAGERS),
    **rows("suppressions", f"{LIST} add edit {HISTORY}", MANAGERS),
    **rows("suppressions", "delete", NOBODY),
    **rows("doubles", "index compare tell_apart", MANAGERS),
    **rows("looks", "index results", MASTERS),
    **rows("inbox", "index results inspect original let_count leave", MANAGERS),
    **rows("retention", "index rule", MANAGERS),
    **rows("retention", "change_period decide_rule archive hand_over_file", MASTERS),
    **rows("resident_imports", "index results upload sample report refused apply drop", MANAGERS),
    **rows("picture_rights", "index results inspect picture", READERS),
    **rows("picture_rights", "form say authorise withdraw show_again", EVERYONE),
    # --- the accounts and the means
    **rows("ledger", "index results inspect", READERS),
    **rows("ledger", "add undo evidence", MANAGERS),
    **rows("hour_sheets", "index results upload sample report refused apply drop", MANAGERS),
    **rows("ledger_reports", "balance balance_results totals totals_results", READERS),
    **rows("hour_rates", f"{LIST} add edit {HISTORY}", MANAGERS),
    **rows("hour_rates", "delete", NOBODY),
    **rows("year_means", LIST, READERS),
    **rows("year_means", f"add edit {HISTORY}", MANAGERS),
    **rows("year_means", "delete", NOBODY),
    **rows("mandates", f"{LIST} add edit {HISTORY}", MANAGERS),
    **rows("mandates", "delete", MASTERS),
    **rows("tidings", "index readers readers_results preview send_test send", EVERYONE),
    **rows("tidings", "digest_readers digest_readers_results digest_preview digest_send_test digest_send", EVERYONE),
    **rows("sheets", f"{LIST} add edit delete pdf publish {HISTORY}", EVERYONE),
    **rows("certificates", "index results grant leave hand_over", MANAGERS),
    # --- work days that are over
    **rows("days_done", "index results inspect sheet", EVERYONE),
    **rows("days_done", "credit take_back", MANAGERS),
    **rows("day_accounts", "index results inspect look picture", EVERYONE),
    **rows("insurer", "index results", EVERYONE),
    **rows("insurer", "names", MASTERS),
}
# Wagtail opens these windows to whoever enters the desk; nothing is made in them.
WHO_MAY |= {
    **rows("wagtailsnippetchoosers_meetings_venue", "choose choose_results chosen chosen_multiple", READERS),
    **rows("meetings_list", "choose_parent", READERS),
    **rows("projects_list", "choose_parent", READERS),
}
# Ideas and projects: the elected read them, too.
WHO_MAY |= {
    **rows("ideas_desk", f"{LIST} board inspect picture", READERS),
    **rows("ideas_desk", f"pass add edit examine note show pictures add_pictures place {HISTORY}", MANAGERS),
    **rows("ideas_desk", "delete", NOBODY),
    **rows("projects_desk", f"{LIST} inspect", READERS),
    **rows("projects_desk", f"pass add edit place take_in change_mate let_mate_go {HISTORY}", MANAGERS),
    **rows("projects_desk", "delete", NOBODY),
    **rows("themes", f"{LIST} add edit delete {HISTORY}", MANAGERS),
    **rows("idea_chooser", "choose choose_results chosen chosen_multiple", READERS),
    **rows("idea_chooser", "create", NOBODY),
    **rows("project_chooser", "choose choose_results chosen chosen_multiple", READERS),
    **rows("project_chooser", "create", MANAGERS),
}
# Wagtail's own addresses, about things of ours.
OF_WAGTAIL = {
    "a new meeting": EVERYONE,
    "a meeting": EVERYONE,
    "a meeting to delete": EVERYONE,
    "the town hall": MASTERS,
    "the rules of the fifty-fifty": MANAGERS,
}
# The lists that leave as a spreadsheet.
EXPORTS = {
    f"{name}?export=csv": WHO_MAY[name]
    for name in [
        *("meetings_list:index", "meetings_desk:answers", "meetings_desk:invitations", "meetings_desk:by_hand"),
        "meetings_desk:waiting_list",
        *("wagtailsnippets_meetings_venue:list", "projects_list:index", "communities_desk:index"),
        *("ideas_desk:index", "projects_desk:index", "themes:index"),
        *("sheets:index", "certificates:index", "insurer:index"),
        "stewardship:index",
        "picture_rights:index",
        *(
            "looks:index",
            "residents:index",
            "neighbourhoods:index",
            "suppressions:index",
            "mailings:index",
            "mailings:inspect",
        ),
        *("ledger:index", "ledger_reports:balance", "ledger_reports:totals", "hour_rates:index", "year_means:index"),
    ]
}
MATRIX = WHO_MAY | OF_WAGTAIL | EXPORTS

POSTED = {"apply", "drop", "held", "change_role", "let_leave", "send_test", "pause", "resume", "try_again", "say_done"}
POSTED |= {"tell_apart"}
POSTED |= {"paper", "posted", "prepare_paper", "paper_posted", "send_now", "foretell"}
POSTED |= {"let_count", "leave", "digest_send_test", "publish", "grant", "undo"}
POSTED |= {"examine", "note", "show", "pictures", "add_pictures", "take_in", "change_mate", "let_mate_go"}
POSTED |= {"change_period", "decide_rule", "hand_over_file"}
POSTED |= {"say", "authorise", "withdraw", "show_again"}
POSTED |= {"propose", "take_back", "amend", "answer_request"}
POSTED |= {"credit", "look", "add_shifts"}
POSTED |= {"entrust", "move", "call_off", "put_right", "show_photo", "conclude", "note_duty", "drop_duty"}
ABOUT_ALL = {
    "index",
    "index_results",
    "results",
    "life",
    "list",
    "list_results",
    "add",
    "upload",
    "sample",
    "choose_parent",
}
ABOUT_ALL |= {"balance", "balance_results", "totals", "totals_results"}
ABOUT_ALL |= {"digest_readers", "digest_readers_results", "digest_send_test", "digest_send"}
ABOUT_ALL |= {"slips", "choose", "choose_results", "chosen_multiple", "create", "board"}
