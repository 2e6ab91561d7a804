// A proxy before the server that can stop passing on: as a municipality's proxy does while the server is restarted.
import { createServer, request } from "node:http";

/** Starts a proxy before `target`; `cut()` ends every connection and answers 502 until `mend()`. */
export async function proxy(target) {
  const { hostname, port } = new URL(target);
  const state = { isCut: false, refused: [], passed: [] };
  const open = new Set();
  const server = createServer((incoming, outgoing) => {
    if (state.isCut) {
      state.refused.push(incoming.url);
      outgoing.writeHead(502, { "content-type": "text/html" }).end("<h1>502 Bad Gateway</h1>");
      return;
    }
    state.passed.push(incoming.url);
    const onward = request({ hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.on("error", () => outgoing.destroy()).pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  server.on("connection", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    state.isCut = true;
    for (const socket of open) socket.destroy();
  };
  const mend = () => {
    state.isCut = false;
  };
  const close = () => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${server.address().port}`, state, cut, mend, close };
}
