"""The JSON API under /api/v1/: the same questions and actions as the pages, for programs.

routes        the API itself: every operation, its errors, its description, its documentation page
gate          who asks (bearer token or session), and the right each operation declares
problems      errors as RFC 9457 problem details, in the language asked for
versions      ETag, If-Match, If-None-Match
idempotency   the same Idempotency-Key is worked on once; the first answer is given again
shapes        what goes in and out
accounts facts imports analyses today    the operations
metrics       /metrics, for those who watch the server
"""
