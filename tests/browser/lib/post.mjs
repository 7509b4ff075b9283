// A mail server and a gateway of text messages for the run: what the program sends goes there, and every byte is kept for the canary.
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';

const listens = (server) => new Promise((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', () => done(server.address().port)));

/** Starts both and writes the file for `ceiba demo --messages`; gives its path and how to stop. */
export async function post(folder) {
  const keep = (bytes) => fs.appendFileSync(path.join(folder, 'sent.bytes'), bytes);
  const note = (what) => fs.appendFileSync(path.join(folder, 'sent.jsonl'), `${JSON.stringify(what)}\n`);
  const mail = net.createServer((socket) => {
    let rest = '', data = null;
    socket.on('error', () => {});
    socket.write('220 sink\r\n');
    socket.on('data', (bytes) => {
      keep(bytes);
      rest += bytes;
      for (let end; (end = rest.indexOf('\r\n')) >= 0;) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data === null) {
          if (/^DATA/i.test(line)) data = [];
          socket.write(data ? '354 go on\r\n' : /^QUIT/i.test(line) ? '221 bye\r\n' : '250 well\r\n');
        } else if (line === '.') {
          const [head, ...body] = data.join('\n').split('\n\n');
          note({ to: /^To: (.*)$/m.exec(head)?.[1], subject: /^Subject: (.*)$/m.exec(head)?.[1], text: body.join('\n\n').trim() });
          data = null;
          socket.write('250 taken\r\n');
        } else data.push(line);
      }
    });
  });
  const sms = http.createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part)).on('end', () => {
      const body = Buffer.concat(parts);
      keep(Buffer.concat([Buffer.from(JSON.stringify(request.headers)), body]));
      note(JSON.parse(body));
      response.end();
    });
  });
  const [mailPort, smsPort] = [await listens(mail), await listens(sms)];
  const file = path.join(folder, 'messages.toml');
  fs.writeFileSync(file, `[mail]\nserver = "127.0.0.1"\nport = ${mailPort}\nline = "plain"\nfrom = "avisos@ejemplo.test"\n[sms]\nurl = "http://127.0.0.1:${smsPort}/"\n`);
  return { file, stop: () => [mail, sms].forEach((server) => server.close()) };
}
