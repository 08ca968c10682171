from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from vitalfew.comments.models import Comment
from vitalfew.people.fields import dressed


class CommentForm(forms.ModelForm[Comment]):
    """What is said; empty it is nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        labels = {"text": _("Comment")}

    def __init__(self, *args: object, account: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["text"].widget.attrs |= {
            "data-mentions": account,
            "data-mentions-from": reverse_lazy("comment-people"),
        }
        dressed(self)
