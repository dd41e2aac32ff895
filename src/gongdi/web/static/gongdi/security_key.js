// Security keys: the challenge of the server goes to the key, its answer back. Without scripts there are codes.
(() => {
  "use strict";

  const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0)).buffer;

  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const withBytes = (list) => (list || []).map((each) => ({ ...each, id: toBytes(each.id) }));

  function answerOf(credential) {
    const said = credential.response;
    const response = { clientDataJSON: toText(said.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (said[name]) response[name] = toText(said[name]);
    }
    return {
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  }

  function tell(text) {
    const place = document.getElementById("key-fault");
    place.textContent = text;
    place.hidden = false;
  }

  const COULD_NOT = "没有读到安全密钥（可能已取消或超时），请重试。";

  async function addKey(event) {
    const form = event.target;
    const field = form.elements.credential;
    if (field.value) return;
    event.preventDefault();
    const asked = JSON.parse(document.getElementById("challenge").textContent).publicKey;
    asked.challenge = toBytes(asked.challenge);
    asked.user = { ...asked.user, id: toBytes(asked.user.id) };
    asked.excludeCredentials = withBytes(asked.excludeCredentials);
    try {
      field.value = JSON.stringify(answerOf(await navigator.credentials.create({ publicKey: asked })));
    } catch {
      tell(COULD_NOT);
      return;
    }
    form.requestSubmit();
  }

  async function post(url, body) {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    return (await fetch(url, { method: "POST", headers, body: body ? JSON.stringify(body) : "" })).json();
  }

  async function useKey(event) {
    const url = event.currentTarget.dataset.url;
    try {
      const asked = (await post(url)).publicKey;
      asked.challenge = toBytes(asked.challenge);
      asked.allowCredentials = withBytes(asked.allowCredentials);
      const found = await post(url, answerOf(await navigator.credentials.get({ publicKey: asked })));
      if (found.go) window.location.assign(found.go);
      else tell(found.fault);
    } catch {
      tell(COULD_NOT);
    }
  }

  const form = document.getElementById("new-key");
  const button = document.getElementById("use-key");
  if (!window.PublicKeyCredential) {
    if (form) tell("这个浏览器或这个网址（需 https）不能使用安全密钥，请改用动态口令。");
    return;
  }
  if (form) form.addEventListener("submit", addKey);
  if (button) {
    button.hidden = false;
    button.addEventListener("click", useKey);
  }
})();
