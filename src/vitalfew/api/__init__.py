"""The JSON API under /api/v1/: the same questions and actions as the pages; rooms bring their operations in ``api``.

routes        the API itself: every room's operations, their errors, their description, their documentation page
gate          who asks (bearer token or session), and the right each operation declares
problems      errors as RFC 9457 problem details, in the language asked for
versions      ETag, If-Match, If-None-Match
idempotency   the same Idempotency-Key is worked on once; the first answer is given again
answering     how answers are written
"""
