"""Durable execution: what was accepted is carried out, through restarts and on several machines.

The only room that knows the engine, DBOS.
"""

from bot.durable.engine import ALONE, LEASE_LENGTH, Engine, StepFailed, StillFailing
from bot.durable.lease import LeaseTaken

__all__ = ["ALONE", "LEASE_LENGTH", "Engine", "LeaseTaken", "StepFailed", "StillFailing"]
