"""The function for each operation."""

from collections.abc import Callable

from sandbox.kore import campaigns, lists, runs, schedules
from sandbox.kore.account import Account
from sandbox.kore.calls import Call, Json, Operation
from sandbox.kore.search import search

OPERATIONS: dict[Operation, Callable[[Account, Call], Json]] = {
    Operation.CREATE: campaigns.create,
    Operation.GET: campaigns.get,
    Operation.UPDATE: campaigns.update,
    Operation.DELETE: campaigns.delete,
    Operation.SEARCH: search,
    Operation.START: runs.start,
    Operation.STOP: runs.stop,
    Operation.STATUS: runs.status,
    Operation.RESULTS: runs.results,
    Operation.SCHEDULE: schedules.schedule,
    Operation.UNSCHEDULE: schedules.unschedule,
    Operation.CREATE_LIST: lists.create_list,
    Operation.UPDATE_LIST: lists.update_list,
    Operation.GET_LIST: lists.get_list,
    Operation.DELETE_LIST: lists.delete_list,
    Operation.ALL_LISTS: lists.all_lists,
    Operation.LIST_CONTACTS: lists.list_contacts,
    Operation.ADD_CONTACTS: lists.add_contacts,
}
