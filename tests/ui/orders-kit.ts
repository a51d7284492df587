// Visitors without a browser who order a call or leave a message, as the call page and the chat window do.

/** Posts as a page of the hub does; anything but 201 is a failure of the test. */
async function post(origin: string, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(origin + path, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** A half-hour that can be ordered: tomorrow's first one. */
async function half(origin: string, pkg: string): Promise<{ date: string; time: string }> {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const answer = await fetch(`${origin}/v1/visitor/half-hours?package=${pkg}&from=${tomorrow}&days=2`);
  const told: { days: { date: string; half_hours: string[] }[] } = await answer.json();
  const day = told.days.find((one) => one.half_hours.length > 0);
  const time = day?.half_hours[0];
  if (day === undefined || time === undefined) throw new Error('no half-hour can be ordered');
  return { date: day.date, time };
}

let ordered = 0;

/** Orders a call; each has an e-mail of its own, as the hub takes only a few of one. */
export async function orderCall(origin: string, more: object = {}): Promise<void> {
  ordered += 1;
  const email = `vera${ordered}@example.com`;
  const when = await half(origin, 'demo-en');
  await post(origin, '/v1/visitor/orders', { package: 'demo-en', phone: '+48 22 123 45 67', email, ...when, ...more });
}

export async function leaveMessage(origin: string, body: string, more: object = {}): Promise<void> {
  ordered += 1;
  const email = `vera${ordered}@example.com`;
  await post(origin, '/v1/visitor/messages', { package: 'demo-en', email, body, ...more });
}
