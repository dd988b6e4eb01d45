"""The form that creates a voice campaign."""

from typing import Annotated, ClassVar

from blocks.fields import ChoiceField, LookupField, NumberField
from blocks.form import Values
from blocks.forms.common import CampaignForm
from blocks.forms.phrases import typed
from blocks.ids import Source, View
from bot.campaigns import values
from bot.campaigns.campaign import VoiceCampaign
from bot.campaigns.values import DialingMode, DialingOrder, Kind, MachineDetection

MODE_WORDS = {mode: mode.value for mode in DialingMode}
ORDER_WORDS = {
    DialingOrder.FIFO: "FIFO (first in, first out)",
    DialingOrder.LIFO: "LIFO (last in, first out)",
}
MACHINE_WORDS = {
    MachineDetection.NO: "Do not detect",
    MachineDetection.DETECT: "Detect",
    MachineDetection.DISCONNECT: "Detect and disconnect",
}


class VoiceForm(CampaignForm):
    """The fields of a voice campaign."""

    view: ClassVar = View.VOICE
    title: ClassVar = "New voice campaign"
    kind: ClassVar = Kind.VOICE
    order: ClassVar[tuple[str, ...]] = (
        *("environment", "name"),
        *("dialing_mode", "queue", "flow", "machine_detection", "max_skips"),
        *("contact_lists", "caller_id", "description", "dnc_list", "priority"),
        *("dialing_order", "max_attempts", "retry_period", "ring_time"),
        *("zone", "calling_days", "hours_from", "hours_to", "hours_by_day"),
        *("saved_name", "saved_for", "channel", "cloned"),
    )

    dialing_mode: Annotated[
        DialingMode,
        ChoiceField(
            label="Dialing mode", words=MODE_WORDS, initial=DialingMode.AGENTLESS, redraws=True
        ),
    ]
    queue: Annotated[
        values.ExternalName | None,
        LookupField(
            label="Queue",
            source=Source.QUEUES,
            when={"dialing_mode": (DialingMode.PROGRESSIVE, DialingMode.PREVIEW)},
        ),
    ] = None
    flow: Annotated[
        values.ExternalName | None,
        LookupField(
            label="Experience flow",
            source=Source.FLOWS,
            when={"dialing_mode": (DialingMode.AGENTLESS,)},
        ),
    ] = None
    machine_detection: Annotated[
        MachineDetection | None,
        ChoiceField(
            label="Answering machine",
            words=MACHINE_WORDS,
            initial=MachineDetection.NO,
            when={"dialing_mode": (DialingMode.AGENTLESS,)},
        ),
    ] = None
    max_skips: Annotated[
        values.Skips | None,
        NumberField(
            label="Maximum skips",
            initial="3",
            hint="How many contacts an agent may skip.",
            when={"dialing_mode": (DialingMode.PREVIEW,)},
        ),
    ] = None
    dialing_order: Annotated[
        DialingOrder,
        ChoiceField(
            label="Dialing order", words=ORDER_WORDS, initial=DialingOrder.FIFO, folds=True
        ),
    ]
    max_attempts: Annotated[
        values.Attempts, NumberField(label="Maximum attempts", initial="3", folds=True)
    ]
    retry_period: Annotated[
        values.RetryMinutes, NumberField(label="Retry period (minutes)", initial="60", folds=True)
    ]
    ring_time: Annotated[
        values.RingSeconds, NumberField(label="Ring time (seconds)", initial="30", folds=True)
    ]

    @classmethod
    def phrases(cls, values: Values) -> dict[str, str]:
        """Return those of every campaign, and how it dials."""
        return super().phrases(values) | {
            "dialing_order": typed(values, "dialing_order"),
            "max_attempts": f"attempts: {typed(values, 'max_attempts')}",
            "retry_period": f"retry after {typed(values, 'retry_period')} min",
            "ring_time": f"ring for {typed(values, 'ring_time')} s",
        }

    def campaign(self) -> VoiceCampaign:
        """Return the campaign that the form describes."""
        return VoiceCampaign(**self.shared_values(VoiceCampaign))
