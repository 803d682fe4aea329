# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Taskboard API",
    "summary": "Project boards over a small REST contract, for editors and scripts",
    # Odoo puts its own series before it: 18.0.1.0.0 on 18, 19.0.1.0.0 on 19. With a
    # series written here the other one would refuse to install it.
    "version": "1.0.0",
    "category": "Services/Project",
    "license": "LGPL-3",
    "author": "Taskboard",
    "maintainers": ["taskboard"],
    "development_status": "Beta",
    "website": "https://github.com/taskboard/taskboard-odoo",
    "depends": ["project"],
    "external_dependencies": {
        "python": ["jsonschema", "markdown-it-py", "prometheus_client"]
    },
    "data": [
        "security/ir.model.access.csv",
        "views/project_task_views.xml",
        "views/project_task_type_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "installable": True,
}
