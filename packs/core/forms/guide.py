"""Texts of the conversation guide: act, means, purpose. Spanish first, English second.

Own wording. The ideas behind the questions come from public indicator lists (UNODC, ILO, the Palermo
Protocol); no item of a validated tool is copied, and none may be presented as one.
"""

SETTINGS = {
    "form_title": "Guía de conversación",
    "form_id": "conversation-guide",
    "version": "1",
    "default_language": "Español (es)",
}

CHOICES = {
    "yn": [
        ("yes", "Sí", "Yes"),
        ("no", "No", "No"),
        ("unsure", "No está segura", "Not sure"),
    ],
    "age": [
        ("child", "Tiene menos de 18 años", "Younger than 18"),
        ("adult", "Tiene 18 años o más", "18 or older"),
        ("unsure", "No se sabe", "Not known"),
    ],
    "arranged": [
        ("self", "Ella misma", "She did"),
        ("family", "Alguien de su familia", "Somebody of her family"),
        ("partner", "Su pareja", "Her partner"),
        ("known", "Alguien que conocía", "Somebody she knew"),
        ("stranger", "Alguien que no conocía", "Somebody she did not know"),
    ],
    "keeps": [
        ("self", "Ella", "She does"),
        ("shared", "Se reparte y ella está de acuerdo", "It is shared and she agrees"),
        ("other", "Otra persona se queda con todo o casi todo", "Somebody else keeps all or most"),
        ("none", "No hay pago", "There is no pay"),
    ],
    "activity": [
        ("house", "Trabajo en una casa", "Work in a house"),
        ("food", "Tortillería, comedor o mercado", "Tortilla shop, eating place or market"),
        ("farm", "Campo o finca", "Field or farm"),
        ("bar", "Bar, cantina u otro lugar nocturno", "Bar or other night place"),
        ("sex", "Actos o imágenes sexuales", "Sexual acts or images"),
        ("beg", "Pedir dinero o vender en la calle", "Asking for money or selling in the street"),
        ("errands", "Mandados para un grupo o una mara", "Errands for a group or gang"),
        ("marriage", "Unión o matrimonio que otros decidieron", "A union or marriage that others decided"),
        ("pregnancy", "Embarazo o entrega de un bebé que otros decidieron", "A pregnancy or handing over of a baby that others decided"),
        ("study", "Estudia o está en su casa", "She studies or is at home"),
        ("other", "Otra cosa", "Something else"),
    ],
    "wish": [
        ("rest", "Descansar y sentirse tranquila", "Rest and feel calm"),
        ("place", "Un lugar seguro donde dormir", "A safe place to sleep"),
        ("health", "Atención de salud", "Health care"),
        ("law", "Saber qué dice la ley", "Know what the law says"),
        ("family", "Hablar con alguien de su familia", "Talk with somebody of her family"),
        ("home", "Volver a su comunidad o su país", "Go back to her community or country"),
        ("study", "Estudiar o trabajar", "Study or work"),
        ("later", "Pensarlo y hablar otro día", "Think about it and talk another day"),
        ("nothing", "Nada por ahora", "Nothing for now"),
    ],
}

TEAM = (
    "Usted y el equipo que la acompaña. Nadie más, si usted no lo permite.",
    "You and the team that supports you. Nobody else, unless you allow it.",
)
SKIP = (
    "Nada cambia. Recibe la misma ayuda.",
    "Nothing changes. You get the same help.",
)


def note(name, label, **more):
    return {"type": "note", "name": name, "label": label, **more}


def ask(name, label, why=None, sign=None, sign_label=None, kind="select_one yn", **more):
    """A question; with a reason it is sensitive and carries the three texts."""
    row = {"type": kind, "name": name, "label": label, "sign": sign, "sign_label": sign_label, **more}
    if why:
        row |= {"sensitive": "yes", "why": why, "who_sees": TEAM, "if_not": SKIP}
    return row


def group(name, label, *rows, **more):
    return [{"type": "begin_group", "name": name, "label": label, **more}, *rows, {"type": "end_group"}]


def calculate(name, formula):
    return {"type": "calculate", "name": name, "calculation": formula}


def count(*names):
    """How many of the signs are seen: the answers that the `sign` of each question looks for."""
    return " + ".join(f"if(${{{name}}} = 'yes', 1, 0)" for name in names)


YES = ". = 'yes'"

# For an adult a union or a job is no sign by itself; with a child these four are, whoever decides.
CHILD_ACTIVITY = " or ".join(f"selected({{0}}, '{code}')" for code in ("sex", "errands", "marriage", "pregnancy"))

WHY_SAFE = ("Para saber si hay que hacer algo hoy.", "To know whether something must be done today.")
WHY_COME = ("Para entender qué ayuda le corresponde.", "To understand which help you are entitled to.")
WHY_MEANS = (
    "Para cuidar su seguridad y la de su familia.",
    "To look after your safety and that of your family.",
)
WHY_WORK = (
    "Para informarle de sus derechos, también si quiere seguir trabajando.",
    "To tell you your rights, also if you want to keep working.",
)

SURVEY = [
    *group(
        "before",
        ("Antes de empezar", "Before starting"),
        note(
            "read_first",
            (
                "Esta guía ayuda a conversar. No hace falta leer todas las preguntas ni llenar todo.",
                "This guide helps a conversation. There is no need to read or fill in everything.",
            ),
        ),
        ask("private_place", ("¿Están en un lugar donde nadie más oye?", "Are you in a place where nobody else hears?")),
        note(
            "other_place",
            ("Busquen otro lugar antes de seguir.", "Find another place before you go on."),
            relevant="${private_place} = 'no'",
        ),
        ask(
            "language_ok",
            ("¿Hablan en el idioma que ella prefiere?", "Do you speak in the language that she prefers?"),
            hint=(
                "Si no, busque una intérprete de confianza. Que no sea familiar ni acompañante.",
                "If not, find an interpreter she trusts. Not a relative or companion.",
            ),
        ),
        ask(
            "limits_told",
            (
                "¿Le explicó qué queda entre ustedes y qué no?",
                "Did you explain what stays between you and what does not?",
            ),
            hint=(
                "Diga antes cuándo tendría que avisar a alguien más, y a quién.",
                "Say beforehand when you would have to tell somebody else, and whom.",
            ),
        ),
        ask("stop_told", ("¿Le dijo que puede parar cuando quiera?", "Did you say that she can stop at any time?")),
        ask(
            "agrees",
            ("¿Está de acuerdo con conversar ahora?", "Does she agree to talk now?"),
            hint=(
                "Si no quiere, agradezca y ofrezca otro día. Puede dar información sin preguntar.",
                "If she does not want to, thank her and offer another day. You can inform without asking.",
            ),
        ),
        note(
            "not_now",
            (
                "Guarde y pare aquí. Deje un contacto seguro si ella lo quiere.",
                "Save and stop here. Leave a safe contact if she wants one.",
            ),
            relevant="${agrees} = 'no'",
        ),
        ask("age_group", ("¿Qué edad tiene?", "How old is she?"), kind="select_one age"),
        note(
            "child_note",
            (
                "Con niñas, niños y adolescentes: solo personal preparado. Las demás personas observan y avisan.",
                "With children and adolescents: only trained staff. Others observe and raise a concern.",
            ),
            relevant="${age_group} = 'child'",
        ),
    ),
    *group(
        "safety",
        ("Seguridad ahora", "Safety now"),
        ask(
            "danger_now",
            ("¿Hay alguien que pueda hacerle daño hoy?", "Is there somebody who may hurt you today?"),
            WHY_SAFE,
            YES,
            ("Alguien puede hacerle daño hoy", "Somebody may hurt her today"),
        ),
        ask(
            "cannot_go_back",
            (
                "¿Le da miedo volver al lugar donde duerme?",
                "Are you afraid to go back to where you sleep?",
            ),
            WHY_SAFE,
            YES,
            ("Tiene miedo de volver al lugar donde duerme", "She is afraid to go back to where she sleeps"),
        ),
        ask(
            "moved_soon",
            (
                "¿Alguien quiere llevarla pronto a otro lugar sin que usted quiera?",
                "Does somebody want to take you elsewhere soon against your will?",
            ),
            WHY_SAFE,
            YES,
            ("Quieren llevarla pronto a otro lugar", "She may be taken elsewhere soon"),
        ),
        ask(
            "health_now",
            (
                "¿Necesita atención de salud hoy, por un golpe u otra razón?",
                "Do you need health care today, for an injury or another reason?",
            ),
            (
                "Porque alguna atención solo sirve en las primeras horas.",
                "Because some care only helps within the first hours.",
            ),
            YES,
            ("Necesita atención de salud hoy", "She needs health care today"),
        ),
        ask(
            "wants_to_die",
            (
                "¿Ha pensado en estos días en no seguir viviendo?",
                "In these days, have you thought of not going on living?",
            ),
            (
                "Para no dejarla sola con eso. Pensarlo no es una falta.",
                "So as not to leave you alone with it. Such a thought is no fault.",
            ),
            YES,
            ("Ha pensado en no seguir viviendo", "She has thought of not going on living"),
        ),
        relevant="not(${agrees} = 'no')",
    ),
    *group(
        "act",
        ("Cómo llegó aquí", "How she came here"),
        ask(
            "arranged_by",
            ("¿Quién arregló que usted llegara aquí?", "Who arranged that you came here?"),
            WHY_COME,
            ". = 'partner' or . = 'known' or . = 'stranger' or . = 'family'",
            ("Otra persona arregló su llegada", "Somebody else arranged her coming"),
            kind="select_one arranged",
        ),
        ask(
            "taken_or_kept",
            (
                "¿Alguien la trajo, la recibió o la tuvo en un lugar que usted no eligió?",
                "Did somebody bring, receive or keep you in a place you did not choose?",
            ),
            WHY_COME,
            YES,
            ("La llevaron o la tuvieron en un lugar que no eligió", "She was taken to or kept in a place she did not choose"),
        ),
        ask(
            "offer_differs",
            (
                "¿Lo que encontró es distinto de lo que le ofrecieron?",
                "Is what you found different from what you were offered?",
            ),
            WHY_COME,
            YES,
            ("Lo que encontró no es lo que le ofrecieron", "What she found is not what she was offered"),
        ),
        relevant="not(${agrees} = 'no')",
    ),
    *group(
        "means",
        ("Qué se hace para que se quede u obedezca", "What is done so that she stays or obeys"),
        ask(
            "papers_kept",
            (
                "¿Otra persona guarda sus documentos o su teléfono?",
                "Does somebody else keep your papers or your phone?",
            ),
            WHY_MEANS,
            YES,
            ("Otra persona guarda sus documentos o su teléfono", "Somebody else keeps her papers or phone"),
        ),
        ask(
            "not_free_to_go",
            (
                "¿Necesita permiso de alguien para salir o hablar con otras personas?",
                "Do you need permission to go out or talk with others?",
            ),
            WHY_MEANS,
            YES,
            ("No puede salir o hablar libremente", "She cannot go out or talk freely"),
        ),
        ask(
            "debt",
            (
                "¿Alguien dice que usted debe dinero y que tiene que pagarlo así?",
                "Does somebody say that you owe money and must pay it this way?",
            ),
            WHY_MEANS,
            YES,
            ("Le cobran una deuda con lo que hace", "A debt is charged against what she does"),
        ),
        ask(
            "threats",
            (
                "¿Alguien la amenaza, o amenaza a su familia?",
                "Does somebody threaten you or your family?",
            ),
            WHY_MEANS,
            YES,
            ("Hay amenazas contra ella o su familia", "There are threats against her or her family"),
        ),
        ask(
            "hurt",
            (
                "¿Alguien le hace daño, le niega comida o descanso, o le da sustancias?",
                "Does somebody hurt you, deny food or rest, or give you substances?",
            ),
            WHY_MEANS,
            YES,
            ("Le hacen daño, le niegan lo básico o le dan sustancias", "She is hurt, denied basic needs or given substances"),
        ),
        ask(
            "images_used",
            (
                "¿Alguien usa fotos o mensajes suyos para que obedezca?",
                "Does somebody use your pictures or messages to make you obey?",
            ),
            WHY_MEANS,
            YES,
            ("Usan sus imágenes o mensajes para presionarla", "Her pictures or messages are used to press her"),
        ),
        relevant="not(${agrees} = 'no')",
    ),
    *group(
        "purpose",
        ("Qué hace y quién se queda con el dinero", "What she does and who keeps the money"),
        ask(
            "activity",
            ("¿Qué hace la mayor parte del tiempo?", "What do you do most of the time?"),
            WHY_WORK,
            f"${{age_group}} = 'child' and ({CHILD_ACTIVITY.format('.')})",
            ("Hace algo que ninguna niña o adolescente debe hacer", "She does what no child should have to do"),
            kind="select_multiple activity",
        ),
        ask(
            "cannot_stop",
            (
                "Si quisiera dejar de hacerlo, ¿algo o alguien se lo impediría?",
                "If you wanted to stop, would something or somebody prevent it?",
            ),
            WHY_WORK,
            YES,
            ("No podría dejar de hacerlo si quisiera", "She could not stop if she wanted to"),
        ),
        ask(
            "money",
            ("¿Quién se queda con el dinero?", "Who keeps the money?"),
            WHY_WORK,
            ". = 'other' or . = 'none'",
            ("Otra persona se queda con el dinero, o no hay pago", "Somebody else keeps the money, or there is no pay"),
            kind="select_one keeps",
        ),
        ask(
            "hard_conditions",
            (
                "¿Trabaja tantas horas que no puede descansar, estudiar o cuidarse?",
                "Do you work so many hours that you cannot rest, study or look after yourself?",
            ),
            WHY_WORK,
            YES,
            ("Las horas no le dejan descansar, estudiar o cuidarse", "The hours leave no time to rest, study or care for herself"),
        ),
        ask(
            "sexual_demand",
            (
                "¿Alguien le pide actos o imágenes sexuales que usted no quiere?",
                "Does somebody ask for sexual acts or images that you do not want?",
            ),
            WHY_WORK,
            YES,
            ("Le piden actos o imágenes sexuales que no quiere", "Sexual acts or images are asked of her against her will"),
        ),
        relevant="not(${agrees} = 'no')",
    ),
    *group(
        "wishes",
        ("Qué desea ahora", "What she wishes now"),
        ask("wish", ("¿Qué desea que hagamos ahora?", "What do you wish us to do now?"), kind="select_multiple wish"),
        ask(
            "wants_help_today",
            ("¿Quiere salir hoy de donde está?", "Do you want to leave where you are today?"),
            WHY_SAFE,
            YES,
            ("Pide salir hoy de donde está", "She asks to leave where she is today"),
        ),
        ask(
            "safe_contact",
            ("¿Cómo y cuándo es seguro comunicarnos con usted?", "How and when is it safe to reach you?"),
            (
                "Para no ponerla en riesgo con una llamada.",
                "So as not to put you at risk with a call.",
            ),
            kind="text",
            hint=(
                "Escriba solo lo que ella acepta que quede escrito.",
                "Write only what she accepts to leave in writing.",
            ),
        ),
        relevant="not(${agrees} = 'no')",
    ),
    calculate("n_now", count("danger_now", "cannot_go_back", "moved_soon", "health_now", "wants_to_die", "wants_help_today")),
    calculate(
        "n_act",
        # Keeping somebody is both: one of the six verbs of the law, and a means.
        "if(${arranged_by} != '' and ${arranged_by} != 'self', 1, 0) + "
        + count("taken_or_kept", "offer_differs", "not_free_to_go"),
    ),
    calculate("n_means", count("papers_kept", "not_free_to_go", "debt", "threats", "hurt", "images_used")),
    calculate(
        "n_purpose",
        "if(${money} = 'other' or ${money} = 'none', 1, 0) + "
        f"if(${{age_group}} = 'child' and ({CHILD_ACTIVITY.format('${activity}')}), 1, 0) + "
        + count("cannot_stop", "hard_conditions", "sexual_demand"),
    ),
    # With a child the means do not count: nobody can agree for her to be used. Nor is an act waited for,
    # since a child who is used was received by somebody, even if nobody told of it.
    # Who does not wish to talk is given information; that is no sign of anything.
    calculate(
        "outcome",
        "if(${n_now} > 0, 'act_now', "
        "if(${n_purpose} > 0 and (${age_group} = 'child' or (${n_act} > 0 and ${n_means} > 0)), 'talk_with_team', "
        "if(${n_act} + ${n_means} + ${n_purpose} > 0 or ${agrees} = 'no', 'give_information', 'no_sign_today')))",
    ),
    note(
        "result_note",
        (
            "Ninguna herramienta está validada para adolescentes de Guatemala. "
            "Un resultado sin señales nunca cierra la puerta.",
            "No tool is validated for adolescents of Guatemala. "
            "A result without signs never closes the door.",
        ),
    ),
    note(
        "result_help",
        (
            "El resultado dice qué hacer ahora. No dice qué es ella ni qué vivió.",
            "The result says what to do now. It does not say what she is or what she lived.",
        ),
    ),
]
