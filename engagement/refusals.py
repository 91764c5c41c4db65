"""How does a rule of this room say no? As in meetings: with a sentence for whoever asked."""

from meetings.refusals import Refusal as Refusal
