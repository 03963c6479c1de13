"""Security questionnaire assistant: drafts cited answers, and returns the customer's own file filled in."""
