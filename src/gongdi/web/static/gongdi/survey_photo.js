// A photo before it is sent: made smaller, with the camera's own note of time and place (EXIF) put back into it.
window.surveyPhoto = (() => {
  const LONGEST = 2000, SMALL_ENOUGH = 1024 * 1024, QUALITY = 0.82, PREVIEW = 192;
  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const digestOf = async (buffer) => hex(await crypto.subtle.digest("SHA-256", buffer));

  // The EXIF segment of a JPEG with its marker, or null.
  function exifOf(bytes) {
    if (bytes[0] !== 0xff || bytes[1] !== 0xd8) { return null; }
    for (let at = 2; at + 10 < bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda;) {
      const length = (bytes[at + 2] << 8) | bytes[at + 3];
      if (bytes[at + 1] === 0xe1 && String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === "Exif") { return bytes.slice(at, at + 2 + length); }
      at += 2 + length;
    }
    return null;
  }

  // The browser has already turned the picture upright, so its EXIF must not say that it lies on its side.
  function setUpright(segment) {
    const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength), tiff = 10;
    try {
      const little = view.getUint16(tiff) === 0x4949;
      const directory = tiff + view.getUint32(tiff + 4, little);
      for (let n = 0; n < view.getUint16(directory, little); n += 1) {
        const entry = directory + 2 + n * 12;
        if (view.getUint16(entry, little) === 0x0112) { view.setUint16(entry + 8, 1, little); }
      }
    } catch (cut) { /* A segment that ends too soon says nothing of its side. */ }
    return segment;
  }

  async function drawn(picture, longest) {
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  const jpegOf = (canvas) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));

  // Whether a file begins as a JPEG, PNG or WebP does, whatever it is called.
  function isPhoto(bytes) {
    const begins = (at, ...told) => told.every((byte, n) => bytes[at + n] === byte);
    return begins(0, 0xff, 0xd8, 0xff) || begins(0, 0x89, 0x50, 0x4e, 0x47)
      || (begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50));
  }

  // What is to be sent of a photo: { buffer, name, digest, deviceDigest, preview }; null of what is none.
  async function prepare(file) {
    const original = await file.arrayBuffer();
    if (!isPhoto(new Uint8Array(original))) { return null; }
    const found = { buffer: original, name: file.name, deviceDigest: "", preview: "" };
    let picture = null;
    try { picture = await createImageBitmap(file); } catch (unreadable) { /* The server says what is wrong with it. */ }
    if (picture) {
      found.preview = (await drawn(picture, PREVIEW)).toDataURL("image/jpeg", 0.7);
      if (file.size > SMALL_ENOUGH) {
        const smaller = new Uint8Array(await (await jpegOf(await drawn(picture, LONGEST))).arrayBuffer());
        const exif = exifOf(new Uint8Array(original));
        const parts = exif ? [smaller.subarray(0, 2), setUpright(exif), smaller.subarray(2)] : [smaller];
        const whole = await new Blob(parts).arrayBuffer();
        if (whole.byteLength < original.byteLength) {
          found.buffer = whole;
          found.name = file.name.replace(/\.\w+$/, "") + ".jpg";
          found.deviceDigest = await digestOf(original);
        }
      }
      picture.close();
    }
    found.digest = await digestOf(found.buffer);
    return found;
  }
  return { prepare };
})();
