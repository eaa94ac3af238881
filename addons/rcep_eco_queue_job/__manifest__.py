{
    "name": "RCEP e-CO: Job Queue",
    "version": "19.0.1.1.0",
    "category": "Hidden",
    "summary": "Messages to the platform leave by the workers of OCA's queue_job, where that is installed",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco", "queue_job"],
    "data": ["data/queue_job.xml"],
    "auto_install": True,
}
