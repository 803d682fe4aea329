# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from pathlib import Path

import polib

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import TaskboardCase
from .terms import MODULE, exported_terms, is_of_one_version

_FOLDER = Path(__file__).parents[1] / "i18n"
_LANGUAGES = ("es", "fr")
_PLACEHOLDER = re.compile(r"%\(\w+\)s")


@tagged("post_install", "-at_install", "taskboard")
class TestTranslations(TaskboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = polib.pofile(str(_FOLDER / f"{MODULE}.pot"))

    def _learn_french(self, user):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.ref(f"base.module_{MODULE}")._update_translations(["fr_FR"])
        user.lang = "fr_FR"

    def test_template_is_what_the_addon_says(self):
        said = exported_terms(self.env)
        known = {entry.msgid: entry for entry in self.template}
        self.assertEqual(sorted(set(said) - set(known)), [], "run: npm run addon")
        stale = [
            msgid
            for msgid in set(known) - set(said)
            if not is_of_one_version(known[msgid])
        ]
        self.assertEqual(sorted(stale), [], "run: npm run addon")

    def test_every_language_has_every_term(self):
        wanted = [entry.msgid for entry in self.template]
        for language in _LANGUAGES:
            with self.subTest(language=language):
                entries = polib.pofile(str(_FOLDER / f"{language}.po"))
                self.assertEqual([entry.msgid for entry in entries], wanted)
                for entry in entries:
                    self.assertTrue(entry.msgstr.strip(), entry.msgid)
                    self.assertFalse(entry.fuzzy, entry.msgid)
                    self.assertEqual(
                        sorted(_PLACEHOLDER.findall(entry.msgstr)),
                        sorted(_PLACEHOLDER.findall(entry.msgid)),
                    )

    def test_refusals_are_in_the_users_language(self):
        self._learn_french(self.member)
        path = "/cards/task:2147483647"
        french = self.api("GET", path, user=self.member).json()["error"]
        english = self.api("GET", path, user=self.manager).json()["error"]
        self.assertEqual(french["code"], english["code"])
        self.assertEqual(
            french["message"],
            "Cette carte n'existe pas, ou vous ne pouvez pas la voir.",
        )
        self.assertEqual(
            english["message"], "There is no such card, or you may not see it."
        )
        task = self._task()
        body = {"body_md": "x", "mentions": ["nobody@taskboard.example"]}
        path = f"/cards/task:{task.id}/comments"
        error = self.api("POST", path, body, user=self.member).json()["error"]
        self.assertEqual(
            error["message"],
            "Personne ici n'a cette adresse : nobody@taskboard.example",
        )

    @mute_logger("odoo.http", "odoo.addons.base.models.res_users")
    def test_sign_in_is_in_the_language_of_the_browser(self):
        body = {"username": self.member.login, "password": "wrong"}
        headers = {"Accept-Language": "es-ES,es;q=0.9"}
        answer = self.api("POST", "/auth/token", body, headers=headers)
        self.assertEqual(
            answer.json()["error"]["message"],
            "Nombre de usuario o contraseña incorrectos.",
        )
        answer = self.api("POST", "/auth/token", body, headers={"Accept-Language": "*"})
        self.assertEqual(
            answer.json()["error"]["message"], "Wrong user name or password."
        )

    def test_forms_are_in_the_users_language(self):
        self._learn_french(self.manager)
        tasks = self.env["project.task"].with_user(self.manager)
        tasks = tasks.with_context(lang="fr_FR")
        form = tasks.get_views([(False, "form")])["views"]["form"]["arch"]
        self.assertIn('string="Liste de contrôle"', form)
        stages = self.env["project.task.type"].with_user(self.manager)
        label = stages.with_context(lang="fr_FR").fields_get(["taskboard_wip_limit"])
        self.assertEqual(label["taskboard_wip_limit"]["string"], "Limite d'encours")
