"""Durable execution: carries out accepted tasks across restarts and on several machines.

The only package that uses the engine, DBOS.
"""

from bot.durable.engine import ALONE, Engine, StepFailed, StillFailing
from bot.durable.lease import LeaseTaken

__all__ = ["ALONE", "Engine", "LeaseTaken", "StepFailed", "StillFailing"]
