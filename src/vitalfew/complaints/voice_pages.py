"""/voice/: what customers see without an account of ours: the open form, and each its own complaint by a link.

They read what was said to them and how far it is, nothing else of the house. What is not valid is answered as if it were not
there.
"""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vitalfew.complaints import address, intake, proceeding, voice
from vitalfew.complaints.models import Complaint, EightD
from vitalfew.complaints.procedure import STEPS
from vitalfew.complaints.voice_forms import JudgeForm, VoiceForm, WordForm
from vitalfew.complaints.words import State
from vitalfew.people.language import language
from vitalfew.people.outside import TOO_OFTEN, open_to_all

NUL: Final = "\0"


@open_to_all
@require_http_methods(["GET", "POST"])
def speak(request: HttpRequest) -> HttpResponse:
    """What happened, as much of who as one likes to say; then the number and the way to follow it."""
    form = VoiceForm(request.POST or None, initial={"stamp": voice.stamp()})
    if not form.is_bound:
        return render(request, "complaints/voice.html", {"form": form})
    if voice.too_often(request):
        return render(request, "complaints/voice.html", {"form": form, "too_many": True}, status=TOO_OFTEN)
    if not form.is_valid():
        return render(request, "complaints/voice.html", {"form": form}, status=422)
    said = {name: form.cleaned_data[name] for name in VoiceForm.SEEN}
    made = intake.by_the_form({**said, "language": language()})
    return redirect(address.of(made))


@open_to_all
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """How it stands, what was said, a word of one's own, and whether one is satisfied."""
    row = address.found(key)
    if row is None or any(NUL in str(value) for value in request.POST.values()):
        raise Http404
    main = row.merged_into or row
    if request.method != "POST":
        return _shown(request, row, main)
    if voice.too_often(request):
        return _shown(request, row, main, status=TOO_OFTEN, too_many=True)
    return _sent(request, key, row, main)


def _sent(request: HttpRequest, key: str, row: Complaint, main: Complaint) -> HttpResponse:
    if request.POST.get("what") == "judge":
        judge = JudgeForm(request.POST)
        if not _may_judge(row, main) or not judge.is_valid():
            return _shown(request, row, main, status=422, judge=judge)
        said = judge.cleaned_data
        fair = {name: said[name] for name in ("fair_result", "fair_way", "fair_manner")}
        proceeding.judged(main, satisfied=said["satisfied"] == "yes", note=said["note"], fair=fair)
        return redirect("voice-mine", key)
    word = WordForm(request.POST)
    if address.told_to(row) != main or not word.is_valid():
        return _shown(request, row, main, status=422, word=word)
    proceeding.heard(main, word.cleaned_data["text"])
    return redirect("voice-mine", key)


def _may_judge(row: Complaint, main: Complaint) -> bool:
    return address.told_to(row) == main and main.state in {State.ANSWERED, State.CLOSED}


def _report(row: Complaint) -> str:
    """Where the customer's version of the 8D record is, once it was given to it."""
    given = EightD.objects.filter(complaint=address.told_to(row), put_away_at=None, shared_at__isnull=False).exists()
    return reverse("voice-eight-d", args=[address.key_of(row)]) if given else ""


def _shown(request: HttpRequest, row: Complaint, main: Complaint, status: int = 200, **more: Any) -> HttpResponse:
    done = {step.what for step in main.steps.all() if not step.undone}
    context = {
        "complaint": row, "main": main, "word": WordForm(), "judge": JudgeForm(),
        "path": [(state, state.value in done) for state in STEPS[main.procedure]],
        "report": _report(row),
        "said": list(address.told_to(row).said.exclude(at=None)), "may_judge": _may_judge(row, main), **more,
    }  # fmt: skip
    return render(request, "complaints/mine.html", context, status=status)
