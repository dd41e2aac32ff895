"""What is kept of photos and documents. The bytes stand on the disk under their digest (web/uploads.py)."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Attachment(models.Model):
    """A photo or a document about an object (附件). It is withdrawn with a reason, never deleted.

    The object is named by its model's label and its number, so that any app may attach; `place` and `compound_pk` say
    who may see it. `digest` is the original as it arrived; photos, Word and Excel files have a public copy and photos a
    thumbnail, without metadata.
    `device_digest` is that of the photo on the phone when the browser made it smaller before sending.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PHOTO = "photo", "照片"
        DOCUMENT = "document", "文件"

    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    digest = models.CharField("SHA-256", max_length=64, db_index=True)
    public_digest = models.CharField("公开副本 SHA-256", max_length=64, blank=True)
    thumbnail_digest = models.CharField("缩略图 SHA-256", max_length=64, blank=True)
    device_digest = models.CharField("手机原片 SHA-256", max_length=64, blank=True)
    media_type = models.CharField("类型", max_length=100)
    file_name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小（字节）")
    width = models.PositiveIntegerField("宽（像素）", null=True)
    height = models.PositiveIntegerField("高（像素）", null=True)
    taken_at = models.DateTimeField("拍摄时间", null=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True)
    object_kind = models.CharField("对象类别", max_length=60)
    object_id = models.BigIntegerField("对象编号")
    object_name = models.CharField("对象", max_length=200)
    compound_pk = models.BigIntegerField("小区编号", null=True, db_index=True)
    place = models.CharField("区划代码", max_length=12, db_index=True)
    note = models.CharField("说明", max_length=200, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    kept_at = models.DateTimeField("上传时间")
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_why = models.CharField("撤下原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "附件"
        ordering = ["-kept_at", "-pk"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="attachment_object")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_photo(self) -> bool:
        """Whether it has a public copy."""
        return self.kind == self.Kind.PHOTO
