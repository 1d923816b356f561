#!/usr/bin/env node
/*
 * An institution's application that speaks natively, behind an `app` state,
 * and calls that an `end` plans: over a real operator's link and a real Redis.
 */
'use strict';

const assert = require('assert/strict');

const { test, run, skip } = require('./lib/tap');

try {
	require('smpp');
} catch {
	skip("npm's smpp is not there; make check brings it");
}

const apps = require('./lib/app');
const { Handset } = require('./lib/handset');
const { meet, store } = require('./lib/meeting');
const { until } = require('./lib/wait');

const COUNTER = 'Kaunta\n1 Duka\n2 Maliza\n3 Pole\n0 Rudi\n00 Mwanzo\n99 English';
const SORRY = { text: 'Samahani.', ends: true };
const HANG_UP = 0x12; /* op 12 with the end bit */

/* An institution with an application at the other end of URL. */
function institution(url, { more = '', next = 'next = "home";' } = {}) {
	return { name: 'duka', text: `duka: {
  title = { sw = "Duka"; en = "Shop"; };
  doors = { ussd = "home"; };
  apis = { remind = { post = "${url}/remind"; timeout = 2000; idempotent = true;
    body = { event = "remind"; who = "{msisdn}"; day = "{date}"; }; };
    slow = { post = "${url}/slow"; timeout = 5000; safe = true;
      body = { event = "slow"; }; }; };
  apps = { shop = { post = "${url}/ussd"; timeout = 2000; ${more} }; };
  states = {
    home = { text = { sw = "Kaunta"; en = "Counter"; };
      menu = ( { sw = "Duka"; en = "Shop"; next = "shop"; },
               { sw = "Maliza"; en = "Finish"; next = "bye"; },
               { sw = "Pole"; en = "Slow"; next = "slow"; } ); };
    slow = { call = "slow"; later = true; limits = { turn = 500; };
      ok = "bye"; missing = "sorry"; fail = "sorry"; slow = "soon"; };
    soon = { end = { sw = "Utapata SMS."; en = "By SMS."; }; };
    shop = { app = "shop"; ${next} fail = "sorry"; };
    bye = { end = { sw = "Kwaheri."; en = "Goodbye."; };
      then = { call = "remind"; after = "1s"; }; };
    sorry = { end = { sw = "Samahani."; en = "Sorry."; }; };
  };
};
` };
}

async function open(t, answers, { options, ...others } = {}) {
	const app = await apps.start(t, answers);
	const met = await meet(t,
	    { institution: institution(app.url, options), ...others });

	return { app, ...met, handset: new Handset(met.bind) };
}

async function shows(handset, said, text, ends = false) {
	await (said.startsWith('*') ? handset.begin(said) : handset.input(said));
	assert.deepEqual(await handset.screen(), { text, ends });
}

const hangUp = handset => handset.deliver({ short_message: '',
    ussd_service_op: HANG_UP,
    its_session_info: Buffer.from([handset.session.number, 0x03]) });

/* ---- turns */

test('a turn tells all there is to know, and data comes back', async t => {
	const { app, handset } = await open(t, told => ({ action: 'prompt',
	    text: `Zamu ${told.turn}`, data: { seen: [told.turn, null] } }));

	await shows(handset, '*152*00*5*1*7*8#', 'Zamu 1');
	await shows(handset, 'b c', 'Zamu 2');
	const { headers, session_id, ...start } = await app.hears('start');
	const input = await app.hears('input');

	assert.match(session_id, /^\d\d-[0-9a-f]{32}$/);
	assert.deepEqual(start, { version: 1, turn: 1, event: 'start',
	    msisdn: `+${handset.number}`, service_code: '*152*00#',
	    dialled: '7*8', input: '', language: 'sw', operator: 'voda',
	    state: 'shop', data: null, deadline_ms: 2000, test: false,
	    path: '/ussd' });
	assert.equal(headers['content-type'], 'application/json');
	assert.match(headers['x-mlango-deadline-ms'], /^\d+$/);
	assert.match(headers.traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
	assert.equal(headers['idempotency-key'], `${session_id}-1`);
	assert.equal(input.headers['idempotency-key'], `${session_id}-2`);
	assert.deepEqual([input.session_id, input.turn, input.dialled, input.input],
	    [session_id, 2, '', 'b c']);
	assert.deepEqual(input.data, { seen: [1, null] });
});

test('a text in several languages is shown in that of the citizen', async t => {
	const { app, handset } = await open(t, () => ({ action: 'prompt',
	    text: { sw: 'Karibu', en: 'Welcome' } }));

	await handset.begin('*152*00*5#');
	await handset.screen();
	await handset.input('99');
	await handset.screen();
	await shows(handset, '1', 'Welcome');
	assert.equal((await app.hears('start')).language, 'en');
});

test('messages go out by SMS, and the citizen comes back to the menu',
    async t => {
	const { app, handset } = await open(t, told => told.event === 'start' ?
	    { action: 'prompt', text: 'Ngapi?' } :
	    { action: 'menu', sms: ['Moja', { sw: 'Mbili', en: 'Two' }] },
	    { options: { more: 'sms = true;' } });

	await shows(handset, '*152*00*5*1#', 'Ngapi?');
	await shows(handset, '2', COUNTER);
	const texts = [await handset.sms(), await handset.sms()]
	    .map(sms => sms.short_message.message);

	assert.deepEqual(texts.sort(), ['Mbili', 'Moja']);
	const end = await app.hears('end');

	assert.deepEqual([end.turn, end.input], [2, '']);
});

test('a long text is turned over without asking, and only by 98', async t => {
	const rows = Array.from({ length: 20 }, (_, i) => `${i + 1}. Bidhaa ${i}`);
	const { app, handset } = await open(t, told => ({ action: 'prompt',
	    text: told.turn === 1 ? rows.join('\n') : `Umetuma ${told.input}` }));
	let shown = [];

	await handset.begin('*152*00*5*1#');
	for (;;) {
		const { text } = await handset.screen();

		assert.ok(text.length <= 160);
		shown = shown.concat(text.split('\n'));
		if (shown.at(-1) !== '98 Zaidi')
			break;
		shown.pop();
		await handset.input('98');
	}
	assert.deepEqual(shown, rows);
	assert.equal(app.all.length, 1);
	await shows(handset, '98', 'Umetuma 98');
	await shows(handset, '0', 'Umetuma 0');
});

test('markers, %n and what the alphabet lacks are shown as plain text',
    async t => {
	const { handset } = await open(t, () => ({ action: 'prompt',
	    text: '{msisdn} {acct} %n%s \u201cndiyo\u201d \u0416\u202e\u0007\n\\1' }));

	await shows(handset, '*152*00*5*1#',
	    '{msisdn} {acct} %n%s "ndiyo" ?\n\\1');
});

test('a text of many screens is cut where limits.pages ends', async t => {
	const { handset } = await open(t, () => ({ action: 'end',
	    text: 'neno '.repeat(2000) }), { options: { next: '' } });
	let pages = 1;

	await handset.begin('*152*00*5*1#');
	for (let screen; !(screen = await handset.screen()).ends; pages++)
		await handset.input('98');
	assert.equal(pages, 6);
});

/* ---- answers that are none */

const nonsense = {
	'a page of HTML': '<html><body>It works!</body></html>',
	'a status of 500': 500,
	'a status of 404': 404,
	'nothing': '',
	'a megabyte': 'x'.repeat(1 << 20),
	'bad UTF-8': response => response.end(Buffer.from(
	    '{"action":"prompt","text":"\xff\xfe"}', 'latin1')),
	'no action': { text: 'Karibu' },
	'an unknown action': { action: 'dance', text: 'Karibu' },
	'no text to answer': { action: 'prompt' },
	'a text that is none': { action: 'prompt', text: 7 },
	'data that is too long': { action: 'prompt', text: 'Karibu',
	    data: 'x'.repeat(1100) },
	'messages where none are allowed': { action: 'prompt', text: 'Karibu',
	    sms: ['Moja'] },
	'a list': [1, 2],
	'a broken connection': response => response.destroy(),
	'a redirect': response => response.writeHead(302,
	    { Location: 'http://127.0.0.1:1/' }).end(),
};

for (const [what, answer] of Object.entries(nonsense))
	test(`${what} is no answer: the dialogue fails, and the application hears`,
	    async t => {
		const { app, handset } = await open(t,
		    told => told.event === 'start' ? answer : {});

		await handset.begin('*152*00*5*1#');
		assert.deepEqual(await handset.screen(), SORRY);
		await app.hears('abort');
	});

test('a slow answer is waited for no longer than its timeout', async t => {
	const { app, handset } = await open(t, told => told.event === 'start' ?
	    () => {} : {});
	const begun = Date.now();

	await handset.begin('*152*00*5*1#');
	assert.deepEqual(await handset.screen(), SORRY);
	assert.ok(Date.now() - begun >= 1900);
	await app.hears('abort');
});

/* ---- how it ends */

test('who hangs up in the application, or while it is asked, is told of',
    async t => {
	const { app, handset } = await open(t, told =>
	    told.event !== 'input' ? { action: 'prompt', text: 'Ngapi?' } :
	    () => {});

	await shows(handset, '*152*00*5*1#', 'Ngapi?');
	await hangUp(handset);
	assert.equal((await app.hears('abort')).turn, 1);

	await shows(handset, '*152*00*5*1#', 'Ngapi?');
	await handset.input('3');
	await app.hears('input');
	await hangUp(handset);
	assert.equal((await app.hears('abort')).turn, 2);
});

test('who walks away is told of when the time is over', async t => {
	const { app, handset } = await open(t, told => told.turn < 3 ?
	    { action: 'prompt', text: 'Ngapi?', data: told.turn } : {},
	    { options: { more: 'session = 10;' } });

	await shows(handset, '*152*00*5*1#', 'Ngapi?');
	await shows(handset, '4', 'Ngapi?');
	const { turn, data, input } = await app.hears('timeout');

	assert.deepEqual({ turn, data, input }, { turn: 2, data: 2, input: '' });
});

test('a notice that is not taken is told again', async t => {
	let refusals = 1;
	const { app, handset } = await open(t, told => told.event === 'end' ?
	    refusals-- > 0 ? 503 : {} : { action: 'end', text: 'Asante' },
	    { options: { next: '' } });

	await shows(handset, '*152*00*5*1#', 'Asante', true);
	const [first, again] = [await app.hears('end'), await app.hears('end')];

	assert.equal(first.headers['idempotency-key'],
	    again.headers['idempotency-key']);
});

/* ---- a node that dies */

const deaths = [
	['before it asked', 'turn.calling:2', true, 1],
	['before it asked', 'turn.calling:2', false, 0],
	['with the answer', 'calling.answered:2', true, 2],
	['with the answer', 'calling.answered:2', false, 1],
];

for (const [when, failpoint, idempotent, requests] of deaths)
	test(`a turn whose node died ${when} is ` +
	    (idempotent ? 'asked again of an idempotent application' :
	    'a failure otherwise'), async t => {
		const { app, gateway, operator, handset } = await open(t,
		    told => ({ action: 'prompt', text: `Zamu ${told.turn}` }),
		    { options: { more: `idempotent = ${idempotent};` },
		      failpoint });

		await shows(handset, '*152*00*5*1#', 'Zamu 1');
		await handset.input('5').catch(() => {});
		await gateway.process.ended;
		gateway.run();
		const bind = await operator.bound();
		const again = Object.assign(new Handset(bind),
		    { session: handset.session });

		assert.deepEqual(await again.screen(), idempotent ?
		    { text: 'Zamu 2', ends: false } : SORRY);
		const keys = app.all.filter(told => told.event === 'input')
		    .map(told => told.headers['idempotency-key']);

		assert.equal(keys.length, requests);
		assert.ok(new Set(keys).size <= 1);
	});

/* ---- calls that an end plans */

test('a planned call is made when its time has come, whoever is there',
    async t => {
	const { app, gateway, handset } = await open(t, () => ({}));

	await shows(handset, '*152*00*5*2#', 'Kwaheri.', true);
	const { who, day, path, headers } = await app.hears('remind');

	assert.deepEqual([who, path], [handset.number, '/remind']);
	assert.match(day, /^\d{4}-\d\d-\d\d$/);
	assert.match(headers['idempotency-key'], /^\d\d-[0-9a-f]{32}$/);
	await counted(gateway, { planned: '1', reminded: '1' });
	await until(async () => (await (await store)
	    .ask('KEYS', `${gateway.prefix}call:*`)).length === 0, 'its end');
});

test('a planned call needs neither its session nor its menus, and is repeated',
    async t => {
	let refusals = 1;
	const { app, gateway, handset } = await open(t,
	    () => refusals-- > 0 ? 500 : {});
	const redis = await store;

	await shows(handset, '*152*00*5*2#', 'Kwaheri.', true);
	for (const key of [...await redis.ask('KEYS', `${gateway.prefix}graph:*`),
	    ...await redis.ask('KEYS', `${gateway.prefix}session:*`)])
		await redis.ask('DEL', key);
	const [first, again] = [await app.hears('remind'),
	    await app.hears('remind')];

	assert.equal(first.headers['idempotency-key'],
	    again.headers['idempotency-key']);
	await counted(gateway, { planned: '1', reminded: '1' });
});

test('a planned call that is not known over there is given up at once',
    async t => {
	const { app, gateway, handset } = await open(t, () => 404);

	await shows(handset, '*152*00*5*2#', 'Kwaheri.', true);
	await app.hears('remind');
	await counted(gateway, { planned: '1', given_up: '1' });
});

test('a late answer, which is told by SMS, plans a call too', async t => {
	let answer;
	const { app, gateway, handset } = await open(t, told =>
	    told.event === 'slow' ? response => { answer = response; } : {});

	await shows(handset, '*152*00*5*3#', 'Utapata SMS.', true);
	await app.hears('slow');
	answer.end('{}');
	assert.equal((await handset.sms()).short_message.message, 'Kwaheri.');
	await app.hears('remind');
	await counted(gateway, { planned: '1', reminded: '1' });
});

async function counted(gateway, wanted) {
	await until(async () => {
		const stat = await (await store)
		    .ask('HGETALL', `${gateway.prefix}stat:calls`);

		return Object.keys(wanted)
		    .every(name => stat[name] === wanted[name]);
	}, JSON.stringify(wanted));
}

run();
