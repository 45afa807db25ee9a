"""The rules of a savings group: arithmetic of whole numbers, without a clock and without a database.

    apply(state, document) -> Outcome        meeting.py: one sealed meeting, all of it or Broken
    State.founded(group, constitution)       state.py: a group before its first meeting
    State.from_json(...), state.to_json()    the same state, as it is kept and sent
    canonical(document), fingerprint(bytes)  canonical.py: the one way to write a document, and its hash

Amounts are whole minor units: Python int, JavaScript BigInt, a string of digits in JSON.
"""
