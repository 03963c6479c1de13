"""What the customers of the demonstration ask, each in several wordings, and what the people there answer by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that customers ask: where in a form, in which wordings, and the answer if the knowledge has none."""

    section: str
    wordings: tuple[str, ...]
    choice: str = ""
    answer: str = ""

    def wording(self, number: int) -> str:
        """Return one of its wordings."""
        return self.wordings[number % len(self.wordings)]


MATTERS = (
    Matter(
        "Organisation",
        (
            "Is there a named person responsible for information security?",
            "Do you have a Chief Information Security Officer or an equivalent role?",
            "Who is accountable for information security in your company?",
        ),
        "Yes",
        "The Head of Security is accountable for information security and reports to the Chief Technology Officer.",
    ),
    Matter(
        "Organisation",
        (
            "Do employees receive security awareness training at least once a year?",
            "Is security awareness training mandatory for all staff?",
            "How often do your employees take part in security training?",
        ),
        "Yes",
        "All employees take part in security awareness training when they join and once a year after that.",
    ),
    Matter(
        "Organisation",
        (
            "Are background checks carried out before employees are hired?",
            "Do you screen new employees, for example by a criminal record check?",
        ),
        "Yes",
        "References and employment history are checked before hiring, and criminal records where the law allows it.",
    ),
    Matter(
        "Organisation",
        (
            "Do employees sign a confidentiality agreement?",
            "Are all staff bound by a non-disclosure agreement?",
        ),
        "Yes",
        "A confidentiality clause is part of every employment contract.",
    ),
    Matter(
        "Encryption",
        (
            "Is customer data encrypted at rest?",
            "Do you encrypt stored data, such as disks, volumes and databases?",
            "Is our data encrypted at rest? Please name the algorithm.",
        ),
    ),
    Matter(
        "Encryption",
        (
            "Is data encrypted in transit over public networks?",
            "Which TLS versions does the service use?",
            "Are all connections between our users and the service encrypted?",
        ),
    ),
    Matter(
        "Encryption",
        (
            "How often are encryption keys rotated?",
            "Do you have a key rotation schedule?",
            "What is the cryptoperiod of your encryption keys?",
        ),
    ),
    Matter(
        "Encryption",
        (
            "Can customers bring their own encryption keys (BYOK)?",
            "Do you support customer-managed encryption keys?",
        ),
        "No",
        "Encryption keys are managed by us; customer-managed keys are not supported.",
    ),
    Matter(
        "Hosting",
        (
            "Where is the service hosted, and by whom?",
            "Which cloud provider do you use?",
            "Who operates the data centers?",
        ),
    ),
    Matter(
        "Hosting",
        (
            "Is our data kept apart from that of other customers?",
            "How is tenant isolation achieved?",
            "Is the environment multi-tenant or dedicated?",
        ),
    ),
    Matter(
        "Hosting",
        (
            "In which region is our data hosted?",
            "Is data stored in the European Union?",
        ),
        "",
        "The region is agreed with the customer when the instance is set up.",
    ),
    Matter(
        "Access",
        (
            "Can your employees access our instance or our data?",
            "Who at the vendor has access to customer data, and for what purpose?",
            "Is vendor access to customer environments logged?",
        ),
    ),
    Matter(
        "Access",
        (
            "Is multi-factor authentication required for access to internal systems?",
            "Do your employees use MFA?",
            "Is two-factor authentication enforced for staff?",
        ),
    ),
    Matter(
        "Access",
        (
            "Are access rights reviewed regularly and revoked when people leave?",
            "Do you conduct user access reviews?",
            "Is access removed upon termination?",
        ),
    ),
    Matter(
        "Access",
        (
            "Is single sign-on supported?",
            "Does the product integrate with our identity provider through SAML or OpenID Connect?",
            "Which authentication methods can be configured?",
        ),
        "Yes",
        "Single sign-on through SAML and OpenID Connect is supported.",
    ),
    Matter(
        "Access",
        (
            "Do you enforce a password policy with a minimum length?",
            "What are the complexity requirements for passwords?",
        ),
        "Yes",
        "Passwords of internal accounts have at least 14 characters and are checked against known leaks.",
    ),
    Matter(
        "Access",
        (
            "Is privileged access granted for a limited time only?",
            "Do you use a privileged access management solution?",
        ),
        "Partial",
        "Administrative access to production is granted for the duration of a task and logged.",
    ),
    Matter(
        "Network",
        (
            "Do you use a web application firewall and limit network access to production?",
            "Are production networks protected by firewalls?",
            "How is the service protected against web attacks and request floods?",
        ),
    ),
    Matter(
        "Network",
        (
            "Are intrusion detection or prevention systems in use?",
            "Do you operate an IDS or IPS?",
        ),
        "Yes",
        "Network traffic to production is inspected by the intrusion detection of the cloud provider.",
    ),
    Matter(
        "Operations",
        (
            "Are systems updated and patched regularly, under a documented policy?",
            "How often are updates installed?",
            "Do you have a patch management process?",
        ),
    ),
    Matter(
        "Operations",
        (
            "Is the service monitored around the clock?",
            "Do you have 24/7 security monitoring?",
            "Who responds to alerts outside business hours?",
        ),
    ),
    Matter(
        "Operations",
        (
            "How long are logs retained, and where are they stored?",
            "What is the retention period of audit logs?",
            "Are logs collected centrally?",
        ),
    ),
    Matter(
        "Operations",
        (
            "Are laptops of employees managed and encrypted?",
            "Is mobile device management in place for company devices?",
        ),
        "Yes",
        "All company laptops are enrolled in mobile device management and use full disk encryption.",
    ),
    Matter(
        "Operations",
        (
            "Is anti-malware software installed on all endpoints?",
            "Do you use endpoint detection and response on workstations?",
        ),
        "Yes",
        "Endpoint detection and response runs on every company laptop.",
    ),
    Matter(
        "Development",
        (
            "Are code changes reviewed before they are released?",
            "Is peer review part of your development lifecycle?",
            "Does the security team review sensitive changes?",
        ),
    ),
    Matter(
        "Development",
        (
            "Are passwords, keys or other secrets stored in source code?",
            "Are credentials hard-coded?",
            "Where do developers keep application secrets?",
        ),
    ),
    Matter(
        "Development",
        (
            "Do you scan containers and third-party components for known vulnerabilities?",
            "Is software composition analysis in use?",
            "Are dependencies monitored for CVEs?",
        ),
    ),
    Matter(
        "Development",
        (
            "Is production data used in test environments?",
            "Do you use real customer data for testing?",
        ),
        "No",
        "Test environments hold generated data only.",
    ),
    Matter(
        "Testing",
        (
            "Are independent penetration tests performed at least annually?",
            "When do third parties test the security of the product?",
            "Do you engage external penetration testers?",
        ),
    ),
    Matter(
        "Testing",
        (
            "Do you have a bug bounty or vulnerability disclosure program?",
            "How can researchers report vulnerabilities to you?",
        ),
    ),
    Matter(
        "Compliance",
        (
            "Can we get a copy of your SOC 2 report?",
            "Is a SOC 2 report available to customers?",
            "Where can we find details of your information security practices?",
        ),
    ),
    Matter(
        "Compliance",
        (
            "Are you certified to ISO 27001?",
            "Please provide your ISO/IEC 27001 certificate.",
        ),
        "No",
        "There is no ISO 27001 certificate; a SOC 2 report is available on request.",
    ),
    Matter(
        "Compliance",
        (
            "Have you appointed a data protection officer?",
            "Do you have a Data Protection Officer under the GDPR?",
        ),
        "Yes",
        "A data protection officer is appointed and can be reached at privacy@example.com.",
    ),
    Matter(
        "Continuity",
        (
            "Do you have an incident response policy?",
            "Is there a documented process for handling security incidents?",
            "Is an incident response plan in place?",
        ),
    ),
    Matter(
        "Continuity",
        (
            "Within how many hours will you notify us of a breach of our data?",
            "Do you commit to informing customers of a data breach within 72 hours?",
        ),
        "Yes",
        "Customers are informed within 72 hours after a breach of their data is confirmed.",
    ),
    Matter(
        "Continuity",
        (
            "What are your recovery time and recovery point objectives?",
            "Which RTO and RPO do you guarantee?",
        ),
        "",
        "The recovery time objective is 24 hours, the recovery point objective 24 hours.",
    ),
    Matter(
        "Continuity",
        (
            "Is a business continuity plan tested at least once a year?",
            "Do you test your disaster recovery plan?",
        ),
        "Yes",
        "The disaster recovery plan is exercised once a year; the last exercise restored production from backups.",
    ),
    Matter(
        "Continuity",
        (
            "Is customer data backed up, and how long are backups kept?",
            "What is your backup schedule?",
        ),
        "Yes",
        "Backups are made every day and kept for 30 days.",
    ),
    Matter(
        "Suppliers",
        (
            "Do you assess the security of your subprocessors?",
            "Is there a process for managing third-party risk?",
            "Are suppliers reviewed for security before they are engaged?",
        ),
        "Yes",
        "Every supplier that handles customer data is assessed before it is engaged and once a year after that.",
    ),
    Matter(
        "Suppliers",
        (
            "Please list all subprocessors that handle our data.",
            "Which subcontractors have access to our data?",
        ),
        "",
        "The list of subprocessors is part of the data processing agreement.",
    ),
    Matter(
        "Data",
        (
            "How is our data deleted when the contract ends?",
            "Is customer data erased after termination of the contract, and within which time?",
        ),
        "Yes",
        "Customer data is deleted within 30 days after the end of the contract.",
    ),
    Matter(
        "Data",
        (
            "Do you use our data to train machine learning models?",
            "Is customer data used for artificial intelligence or model training?",
        ),
        "No",
        "Customer data is not used for training models.",
    ),
)
