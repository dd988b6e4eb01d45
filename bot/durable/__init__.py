"""Durable execution: carries out accepted tasks across restarts and on several machines.

The only package that uses the engine, DBOS.
"""

from bot.durable.engine import ALONE, LEASE_LENGTH, Engine, StepFailed, StillFailing
from bot.durable.lease import LeaseTaken

__all__ = ["ALONE", "LEASE_LENGTH", "Engine", "LeaseTaken", "StepFailed", "StillFailing"]
