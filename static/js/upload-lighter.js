// A photo bigger than it needs to be is made smaller before it leaves; where that cannot be done, it leaves as it is.
const PHOTO = /^image\/(jpeg|png|webp|hei[cf])$/;
const KNOWN = /^image\/(jpeg|png)$/;
const SIDE = 2500;
const LIGHT = 1_000_000;

export async function lighter(file) {
  if (!PHOTO.test(file.type) || (KNOWN.test(file.type) && file.size <= LIGHT)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    return made && (made.size < file.size || !KNOWN.test(file.type)) ? made : file;
  } catch {
    return file;
  }
}
