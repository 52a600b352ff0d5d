# SPDX-License-Identifier: BSD-3-Clause
"""Not doing a step twice: what is up to date, and what is cached. Light to import: every step comes here first."""
