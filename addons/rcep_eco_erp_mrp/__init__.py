from . import models, texts
