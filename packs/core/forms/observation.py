"""Texts of the observation sheet for the community. Spanish first, English second.

Observation only: no item asks anything of a child. Own wording.
"""

from guide import calculate, group, note

SETTINGS = {
    "form_title": "Señales que vi: hoja para la comunidad",
    "form_id": "observation-community",
    "version": "1",
    "default_language": "Español (es)",
}

CHOICES = {
    "reporter": [
        ("teacher", "Docente", "Teacher"),
        ("health", "Personal de salud", "Health worker"),
        ("community", "Persona de la comunidad", "Person of the community"),
    ],
    "sure": [
        ("saw", "Lo vi u oí yo", "I saw or heard it myself"),
        ("told", "Me lo dijeron", "I was told"),
        ("suspect", "Lo sospecho", "I suspect it"),
    ],
    "since": [
        ("today", "Hoy o ayer", "Today or yesterday"),
        ("weeks", "Hace unas semanas", "For some weeks"),
        ("months", "Hace meses", "For months"),
        ("unknown", "No sé", "I do not know"),
    ],
}


def tick(name, spanish, english):
    """One sign: ticked or left."""
    return {"type": "acknowledge", "name": name, "label": (spanish, english), "sign": ". = 'OK'"}


def count(rows):
    return " + ".join(f"if(${{{row['name']}}} = 'OK', 1, 0)" for row in rows)


NOW = [
    tick("now_missing", "No aparece, o se la van a llevar pronto.", "She is missing, or will be taken away soon."),
    tick("now_locked", "Está encerrada o vigilada.", "She is locked in or guarded."),
    tick("now_violence", "Hay armas, amenazas o violencia reciente, también sexual.", "There are weapons, threats or recent violence, also sexual."),
    tick("now_asks", "Pide ayuda hoy, o dice que no quiere vivir.", "She asks for help today, or says she does not want to live."),
]

TEACHER = [
    tick("t_absent", "Dejó de venir de pronto, o falta por un trabajo poco claro.", "She stopped coming suddenly, or misses class for an unclear job."),
    tick("t_tired", "Llega agotada, o con quemaduras o golpes.", "She arrives worn out, or with burns or bruises."),
    tick("t_gifts", "Tiene cosas nuevas y caras que nadie explica.", "She has new and costly things that nobody explains."),
    tick("t_older", "Una persona mayor que no es familia decide por ella.", "An older person who is not family decides for her."),
    tick("t_offer", "Habla de un viaje o trabajo que le ofrecieron por teléfono.", "She speaks of a trip or job offered to her by phone."),
    tick("t_pickup", "Se asusta cuando cierta persona llega por ella.", "She becomes afraid when a certain person comes for her."),
    tick("t_same_adult", "La misma persona recoge a varias alumnas.", "The same person picks up several pupils."),
    tick("t_group", "Un grupo o una mara le pide mandados.", "A group or gang asks errands of her."),
    tick("t_images", "Circulan imágenes de ella, o la presionan con ellas.", "Images of her go round, or are used to press her."),
    tick("t_union", "La unieron o casaron antes de los 18 años.", "She was joined or married before 18."),
]

HEALTH = [
    tick("h_never_alone", "Nunca está sola. Otra persona contesta por ella.", "She is never alone. Somebody else answers for her."),
    tick("h_pregnant", "Está embarazada con menos de 14 años.", "She is pregnant and younger than 14."),
    tick("h_repeat", "Vuelve varias veces por embarazos o infecciones.", "She comes back several times for pregnancies or infections."),
    tick("h_injuries", "Tiene lesiones sin atender, de distintos días.", "She has untended injuries, of different days."),
    tick("h_no_address", "No sabe dónde vive, o no tiene sus documentos.", "She does not know where she lives, or has no papers."),
    tick("h_mark", "Tiene una marca que no quiere explicar, y miedo.", "She has a mark she will not explain, and fear."),
    tick("h_medicine", "Le dan algo para no dormir o no menstruar.", "She is given something against sleep or periods."),
    tick("h_late", "Llegó muy tarde al control, y los datos no coinciden.", "She came very late to care, and details do not match."),
    tick("h_baby", "Otras personas deciden sobre el embarazo o el bebé.", "Others decide about the pregnancy or the baby."),
    tick("h_sleeps_work", "Duerme donde trabaja y no recibe su pago.", "She sleeps where she works and does not get her pay."),
]

COMMUNITY = [
    tick("c_house", "Una casa o negocio donde cambian las muchachas y casi no salen.", "A house or business where the girls change and hardly go out."),
    tick("c_hours", "Niñas o niños trabajan muchas horas en un negocio o finca.", "Children work many hours in a business or on a farm."),
    tick("c_recruiter", "Alguien ofrece trabajo lejos, sin contrato, y pide documentos.", "Somebody offers work far away, without contract, and asks for papers."),
    tick("c_night", "Adolescentes en bares, hospedajes o paradas de camiones.", "Adolescents in bars, lodgings or truck stops."),
    tick("c_debt", "Una familia con deuda entregó a una hija o un hijo.", "A family in debt handed over a daughter or son."),
    tick("c_begging", "Un vehículo deja y recoge a niñas o niños que piden dinero.", "A vehicle drops and collects children who ask for money."),
    tick("c_left", "Una niña o mujer ya no está y nadie dice dónde vive.", "A girl or woman is gone and nobody says where she lives."),
    tick("c_babies", "Alguien esconde embarazadas o arregla entregas de bebés.", "Somebody hides pregnant girls or arranges the handing over of babies."),
    tick("c_returned", "Llegó de otro país sin familia y sin apoyo.", "She came back from another country without family or support."),
]


# One of these is enough to talk with the team: the law protects her already.
STRONG = {"t_images", "t_union", "h_pregnant", "c_debt", "c_babies"}


def signs(name, spanish, english, rows, who):
    return group(name, (spanish, english), *rows, relevant=f"${{reporter}} = '{who}'")


SURVEY = [
    note(
        "rules",
        (
            "Escriba solo lo que vio u oyó. No investigue ni enfrente a nadie. "
            "No tome fotos. No pregunte a la niña o al niño.",
            "Write only what you saw or heard. Do not investigate or confront anybody. "
            "Take no photos. Do not question the child.",
        ),
    ),
    note(
        "rules_quiet",
        (
            "No prometa guardar el secreto. No lo comente con vecinos.",
            "Do not promise to keep it secret. Do not talk about it with neighbours.",
        ),
    ),
    {"type": "select_one reporter", "name": "reporter", "label": ("¿Quién es usted?", "Who are you?")},
    *group("now", ("Señales para llamar ahora", "Signs to call now"), *NOW),
    *signs("teacher", "Lo que vi en la escuela", "What I saw at school", TEACHER, "teacher"),
    *signs("health", "Lo que vi en el servicio de salud", "What I saw at the health service", HEALTH, "health"),
    *signs("community", "Lo que vi en la comunidad", "What I saw in the community", COMMUNITY, "community"),
    {"type": "select_one since", "name": "since", "label": ("¿Desde cuándo?", "Since when?")},
    {"type": "select_one sure", "name": "sure", "label": ("¿Qué tan segura o seguro está?", "How sure are you?")},
    {
        "type": "text",
        "name": "where",
        "label": ("¿Dónde se le puede encontrar sin ponerla en riesgo?", "Where can she be found without risk to her?"),
        "hint": ("No hace falta contar nada más.", "Nothing else needs to be told."),
    },
    calculate("n_now", count(NOW)),
    calculate("n_signs", count(TEACHER + HEALTH + COMMUNITY)),
    calculate("n_strong", count(row for row in TEACHER + HEALTH + COMMUNITY if row["name"] in STRONG)),
    calculate(
        "outcome",
        "if(${n_now} > 0, 'act_now', if(${n_signs} >= 2 or ${n_strong} > 0, 'talk_with_team', "
        "if(${n_signs} = 1, 'give_information', 'no_sign_today')))",
    ),
    note(
        "one_sign",
        (
            "Una sola señal pocas veces significa trata. Avisar a tiempo ayuda igual.",
            "One sign alone rarely means trafficking. Telling in time helps all the same.",
        ),
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
]
