"""What forms in other languages call answers, comments, evidence and questions.

Parts of regular expressions: words of German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech and the
Scandinavian languages, to be matched whole; and, as `…_UNSPACED`, of Japanese, Chinese and Korean, which put no spaces
between words. English words stand with those who read them, as workbooks and documents use them differently.
"""

from __future__ import annotations

ANSWERS = r"antwort(?:en)?|réponses?|respuestas?|rispost[ae]|respostas?|antwoord(?:en)?|odpowied(?:ź|zi)|odpověď|svar"
ANSWERS_UNSPACED = "回答|答え|答复|答案|답변|응답"

COMMENTS = (
    r"kommentare?|bemerkung(?:en)?|anmerkung(?:en)?|erläuterung(?:en)?|begründung(?:en)?|"
    r"commentaires?|remarques?|précisions?|explications?|comentarios?|observaciones|explicación|"
    r"commenti|commento|osservazioni|comentários?|observações|toelichting|opmerking(?:en)?|uwagi|komentarz"
)
COMMENTS_UNSPACED = "コメント|備考|备注|비고"

STATEMENTS = (
    r"stellungnahmen?|beschreibung(?:en)?|aussagen?|déclarations?|descriptions?|declaraci(?:ón|ones)|"
    r"descripci(?:ón|ones)|dichiarazion[ei]|descrizion[ei]|declaraç(?:ão|ões)|descriç(?:ão|ões)|verklaring(?:en)?|"
    r"beschrijving(?:en)?|omschrijving(?:en)?|opis|popis|beskrivning|beskrivelse|redegørelse|redogörelse"
)
STATEMENTS_UNSPACED = "説明|記述|说明|描述|설명|의견"

EVIDENCE = r"nachweise?|belege?|anlagen?|preuves?|evidencias?|evidências?|evidenze|bijlagen?|dowody?"
EVIDENCE_UNSPACED = "証跡|証拠|エビデンス|添付|证据|附件|증빙|첨부"

QUESTIONS = (
    r"fragen?|anforderung(?:en)?|exigences?|preguntas?|requisitos?|domand[ae]|requisiti|vra(?:ag|gen)|perguntas?|"
    r"pytani[ae]|wymagani[ae]|fråg(?:a|or)|krav|spørsmål|spørgsmål|otázk[ay]"
)
QUESTIONS_UNSPACED = "質問|設問|要件|要求事項|確認事項|问题|要求|질문|요구사항"
