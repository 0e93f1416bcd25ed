"""Who may do what: the badge policy as a file, and its procedures as state machines without any I/O.

Everything here is pure: the time and the actor are arguments, and what happened is a sequence of events.
A procedure is folded from its events; asked for a step it returns the events that the step consists of, or
refuses it with a `PolicyError`.
"""
