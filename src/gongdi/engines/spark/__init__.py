"""The same packs on a cluster (Spark): predicates as Spark SQL, row by row the answers of the embedded engine."""

from gongdi.engines.spark.tables import decide_dataframe

__all__ = ["decide_dataframe"]
