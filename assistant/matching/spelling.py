"""Spelling and inflection of single English words: what `words` does with each word it finds.

`uninflected` undoes plural, -ed and -ing by the rules of English spelling, with lists of the
exceptions that occur in questionnaires; `american` folds British spelling. Neither ever touches
derivation (-er, -ion, -ly, -able): rotate and rotation stay two words.
"""

from __future__ import annotations

import re


def _listed(text: str, separator: str | None = None) -> list[str]:
    return text.split(separator)


# --- whole words -----------------------------------------------------------------------------

_IRREGULAR = {
    base: forms.split()
    for base, forms in {
        "be": "is are was were been being am",
        "have": "has had having",
        "do": "does did done doing",
        "write": "written wrote writing",
        "keep": "kept",
        "hold": "held",
        "send": "sent",
        "build": "built",
        "make": "made",
        "take": "taken took",
        "give": "given gave",
        "choose": "chosen chose",
        "know": "known knew",
        "show": "shown",
        "steal": "stolen stole",
        "find": "found",
        "run": "ran",
        "meet": "met",
        "buy": "bought",
        "sell": "sold",
        "teach": "taught",
        "see": "seen saw",
        "pay": "paid",
        "go": "goes went gone going",
        "person": "people persons",
        "child": "children",
        "analysis": "analyses",
        "criterion": "criteria",
        "index": "indices indexes",
        "virus": "viruses",
        "status": "statuses",
        "focus": "focused focuses focusing focussed",
        "bias": "biases biased",
        "alias": "aliases",
        "cache": "caches cached caching",
        "die": "dies died dying",
        "tie": "ties tied tying",
        "quiz": "quizzes",
        "vm": "vms",
        "api": "apis",
        "cookie": "cookies",
        "id": "ids",
        "ip": "ips",
        "kpi": "kpis",
        "cpu": "cpus",
        "gpu": "gpus",
        "menu": "menus",
        "pr": "prs",
        "pc": "pcs",
        "hour": "hrs hr",
        "minute": "mins min",
        "premise": "premises",
    }.items()
}

_SHORT_FORMS = {
    "admin": "administrator",
    "app": "application",
    "apps": "application",
    "appsec": "application security",
    "cannot": "can not",
    "creds": "credential",
    "crypted": "encrypt",
    "datas": "data",
    "informations": "information",
    "devs": "developer",
    "config": "configuration",
    "configs": "configuration",
    "cybersecurity": "cyber security",
    "db": "database",
    "dbs": "database",
    "dept": "department",
    "docs": "documentation",
    "folk": "person",
    "folks": "person",
    "env": "environment",
    "envs": "environment",
    "infosec": "information security",
    "mgmt": "management",
    "onprem": "onpremise",
    "onpremises": "onpremise",
    "prem": "premise",
    "prod": "production",
    "repo": "repository",
    "repos": "repository",
    "ins": "in",
    "vuln": "vulnerability",
    "vulns": "vulnerability",
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
    "u.s": "usa",
    "u.s.a": "usa",
    "u.k": "uk",
    "e.u": "eu",
    "cryptographical": "cryptographic",
    "thirdparty": "third party",
    "pentester": "penetration tester",
    "pwned": "hack",
    "nuke": "erase",
    "informatic": "computer",
    "informatics": "computer",
}

_BRITISH = {
    "acknowledgement": "acknowledgment",
    "ageing": "aging",
    "amongst": "among",
    "artefact": "artifact",
    "behaviour": "behavior",
    "behavioural": "behavioral",
    "catalogue": "catalog",
    "centre": "center",
    "colour": "color",
    "datacentre": "datacenter",
    "defence": "defense",
    "dialogue": "dialog",
    "endeavour": "endeavor",
    "enrol": "enroll",
    "enrolment": "enrollment",
    "favour": "favor",
    "fibre": "fiber",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "grey": "gray",
    "honour": "honor",
    "judgement": "judgment",
    "labour": "labor",
    "licence": "license",
    "metre": "meter",
    "neighbour": "neighbor",
    "offence": "offense",
    "practise": "practice",
    "programme": "program",
    "rigour": "rigor",
    "towards": "toward",
    "whilst": "while",
}

REWRITTEN: dict[str, tuple[str, ...]] = {short: tuple(full.split()) for short, full in _SHORT_FORMS.items()}
"""Words that stand for another or for several, by the form they are written in."""

COMPOUNDS: dict[tuple[str, str], str] = {
    (first, second): first + second
    for first, second in (
        pair.split()
        for pair in _listed(
            "air gap,allow list,anti malware,anti virus,anti spam,back up,black list,block list,by pass,co location,"
            "data base,data center,de commission,de identify,de provision,de activate,de register,deny list,down time,"
            "e commerce,e discovery,e learning,e mail,end point,fail over,fall back,fire wall,geo location,"
            "hard code,hot fix,hyper visor,in house,key card,key logger,key store,lap top,life cycle,mal ware,"
            "meta data,micro segmentation,micro service,multi factor,multi tenancy,multi tenant,non compliance,"
            "non conformity,non disclosure,non production,off board,off line,off site,off shore,on board,on line,"
            "on premise,on site,on shore,over write,pass code,pass phrase,pass word,pen test,play book,post mortem,"
            "pre employment,pre production,ransom ware,re certification,re certify,re key,road map,roll back,"
            "root kit,run book,safe guard,sand box,smart phone,spread sheet,spy ware,stand by,sub contract,"
            "sub contractor,sub network,sub processor,sub service,table top,time stamp,time zone,up time,"
            "user name,web hook,web site,white box,black box,white list,wi fi,"
            "work flow,whistle blow,whistle blower,work place,work station",
            ",",
        )
    )
}
"""Compounds that are written open, hyphenated or closed, by their two parts; the closed form is kept."""

_WHOLE = {form: base for base, forms in _IRREGULAR.items() for form in forms}

# --- endings ---------------------------------------------------------------------------------

_KEPT = frozenset(
    _listed(
        "access address always anything aws bias building business ceiling chaos during evening everything express "
        "gas has https ios kubernetes less lens morning news nothing perhaps plus process red across seed "
        "series something species spring string thing this thus unless us various was always redis jenkins "
        "siemens nexus hundred need speed feed breed weed deed indeed exceed proceed succeed king ring wing sting "
        "sacred rabies atlas canvas texas paris devops secops devsecops gitops mlops finops sys ops tls dns kms "
        "postgres windows analytics forensics ethics logistics mathematics physics basics embed bed shed sled led "
        "sibling bring swing offspring kerberos nis hipaa cisos pkcs rds sns sqs ecs eks aks gbs sas saas paas iaas "
        "nas sms pos cms dos ddos xss crs bps iops vms tcs aes des gps rss sls css js sts waas naked wicked dns "
        "cis csis csps sis mis basis us bus dss iss ess mss dns dnss toss loss pass bypass miss mass class glass "
    )
)
_SINGLE_L = frozenset(
    _listed("cancel channel control excel fuel label level model patrol propel rebel signal total travel tunnel compel")
)
_WITH_E = frozenset(
    _listed(
        "create recreate invite cite recite unite expedite write rewrite delete complete compete deplete quote vote "
        "promote denote devote note rote paste waste taste store restore ignore explore score adhere interfere scale "
        "autoscale clone zone phone postpone tone intervene convene scope cope hope precede supersede concede impede "
        "cede smoke code encode decode route reroute core obsolete remote compose home come become overcome prone "
        "provoke haste baste escalate late site bite obsolete telescope envelope elope slope"
    )
)
_WITHOUT_E = frozenset(
    _listed(
        "pilot pivot focus bias alias avatar treat repeat defeat float benefit orbit output input debug plan scan gas "
        "format combat"
    )
)
# After a stripped -ed or -ing these ends of a stem had a silent e: the rules of English spelling
# (a word does not end in v, z or u; a single consonant after a single vowel would have been doubled).
_SILENT_E = re.compile(
    r"""
    .*(?: [vzu] | [cs](?<!ss) | [^aeiou][rl](?<!rr)(?<!ll)(?<!rl)(?<!wl)
      | [dlr]g | (?<!o)(?<!i)ng | [aeiouy]g
      | (?<![eo])at | (?<!o)ut
      | (?<![aeo])ir | (?<!o)ur | (?<![eo])ar
      | (?<![aeou])il | ul
      | (?<![aeiou])[aiu]m | (?<![aeo])in | un
      | [iu]d(?<!oid)(?<!aid)(?<!oud) | (?<![aeo])[ao]d
      | (?<![aeo])ak | (?<![o])ok | ik
      | (?<![aeo])[ai]p | yp | (?<![aeio])[ioa]b
      )
    """,
    re.VERBOSE,
)
_VOWEL = re.compile("[aeiouy]")


def uninflected(word: str) -> str:
    """Return the lower-case `word` without plural, -ed or -ing: "policies" is "policy", "logged" is "log"."""
    if word in _WHOLE:
        return _WHOLE[word]
    if len(word) <= 3 or word in _KEPT or not word.isalpha():
        return word
    if word.endswith("s"):
        word = _singular(word)
        if word in _WHOLE:
            return _WHOLE[word]
        if word in _KEPT or len(word) <= 4:
            return word
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ed") and not word.endswith("eed"):
        return _verb(word, word[:-2])
    if word.endswith("ing"):
        return _verb(word, word[:-3])
    return word


def _singular(word: str) -> str:
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "oes")):
        return word[:-2]
    return word[:-1]


def _verb(word: str, stem: str) -> str:
    """Return the verb that `stem` (a word stripped of -ed or -ing) was made from, or `word` if it is none."""
    if len(stem) < 2 or not _VOWEL.search(stem):
        return word
    if stem in _WITHOUT_E:
        return stem
    if stem + "e" in _WITH_E:
        return stem + "e"
    if stem[-1] == stem[-2] and stem[-1] not in "aeiousfz":
        if stem[-1] == "l":
            return stem[:-1] if stem[:-1] in _SINGLE_L else stem
        return stem if stem in {"add", "err"} else stem[:-1]
    if stem.endswith("zz"):
        return stem
    if len(stem) == 2:
        return stem + "e" if stem in {"us", "ti"} else word
    return stem + "e" if _SILENT_E.fullmatch(stem) else stem


# Words in -ise whose s is no spelling of z.
_TRUE_ISE = re.compile(
    r".*(?:adv|advert|superv|exerc|enterpr|otherw|rev|prem|prom|comprom|ra|no|prec|expert|(?:^|a)r|w|franch|surpr|dev|"
    r"merchand|compr|exc|disgu|telev|improv|conc|cru|bru|dem|parad|appra|pra|po|chem|treat)ise"
)


def american(word: str) -> str:
    """Return the uninflected `word` in American spelling: "authorise" is "authorize", "centre" is "center"."""
    if word in _BRITISH:
        return _BRITISH[word]
    if word.endswith("ise") and len(word) > 5 and not _TRUE_ISE.fullmatch(word):
        return word[:-2] + "ze"
    if word.endswith("lyse"):
        return word[:-2] + "ze"
    if "isation" in word and not word.startswith("improvis"):
        return word.replace("isation", "ization")
    return word
