"""Bibliographic records of computer science, by columns: citenorm finds them here by itself (``citenorm.catalogue.installed``)."""
