from assistant.people import Role
from assistant.storage import Database


def test_an_account_is_found_by_its_address_whatever_the_case(store: Database) -> None:
    with store.writing() as tx:
        made = tx.people.add("Ada@Example.com", "Ada", Role.REVIEWER, "hash")
    with store.reading() as tx:
        assert tx.people.by_email("ADA@example.COM") == made
