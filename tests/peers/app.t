#!/usr/bin/env node
/*
 * An institution's application that was written for Africa's Talking, by
 * somebody else's library, behind an `app` state. It runs unchanged.
 */
'use strict';

const assert = require('assert/strict');
const fs = require('fs');
const path = require('path');

const { test, run, skip } = require('./lib/tap');

try {
	require('smpp');
	require('ussd-menu-builder');
} catch {
	skip("npm's smpp and ussd-menu-builder are not there; " +
	    'make check brings them');
}

const cleanup = require('./lib/cleanup');
const { Handset } = require('./lib/handset');
const { folder, meet } = require('./lib/meeting');
const { until } = require('./lib/wait');

const NUMBER = '255712345678';
const HANG_UP = 0x12; /* op 12 with the end bit */

const WELCOME = 'Welcome. Choose option:' +
    '\n1. Show Balance\n2. Buy Airtime\n3. Again';
const COUNTER = 'Kaunta\n1 Duka\n0 Rudi\n00 Mwanzo\n99 English';

let count = 0;

/* The shop's process, and the menus of an institution that leads into it. */
async function open(t, { next = '', timer = 60 } = {}) {
	const log = `${folder}/shop-${++count}`;
	const shop = cleanup.start(
	    [process.execPath, path.join(__dirname, 'lib/shop.js')], log);
	const said = () => fs.readFileSync(log, 'utf8').split('\n').slice(0, -1);

	t.log(log);
	t.end(() => shop.kill());
	await until(() => said().length > 0, 'its port');
	const port = said()[0];
	const heard = url => said().slice(1).map(JSON.parse)
	    .filter(request => request.url === url);

	return { heard, institution: {
		name: 'duka',
		text: `duka: {
  title = { sw = "Duka"; en = "Shop"; };
  doors = { ussd = "home"; };
  apps = { shop = { post = "http://127.0.0.1:${port}/ussd";
    events = "http://127.0.0.1:${port}/events";
    speaks = "africastalking"; timeout = 3000; session = ${timer};
    network = { voda = "64004"; }; }; };
  states = {
    home = { text = { sw = "Kaunta"; en = "Counter"; };
      menu = ( { sw = "Duka"; en = "Shop"; next = "shop"; } ); };
    shop = { app = "shop"; ${next} fail = "sorry"; };
    sorry = { end = { sw = "Samahani."; en = "Sorry."; }; };
  };
};
`,
	} };
}

async function walk(handset, dialogue) {
	for (const [said, shown, ends = false] of dialogue) {
		const response = await (said.startsWith('*') ?
		    handset.begin(said) : handset.input(said));

		assert.equal(response.command_status, 0);
		assert.deepEqual(await handset.screen(), { text: shown, ends });
	}
}

const texts = requests => requests.map(request => request.args.text);

test('an application written for the convention is walked through', async t => {
	const { institution, heard } = await open(t);
	const { bind } = await meet(t, { institution });

	await walk(new Handset(bind), [
		['*152*00*5#', COUNTER],
		['1', WELCOME],
		['3', WELCOME],
		['2', 'Enter amount:'],
		['500', 'Buy 500?\n1. Yes\n2. No'],
		['1', 'Airtime of 500 bought.', true],
	]);
	assert.deepEqual(texts(heard('/ussd')),
	    ['', '3', '3*2', '3*2*500', '3*2*500*1']);
	const [first, ...rest] = heard('/ussd');

	assert.match(first.type, /^application\/x-www-form-urlencoded/);
	assert.deepEqual(first.args, { sessionId: first.args.sessionId,
	    serviceCode: '*152*00#', phoneNumber: `+${NUMBER}`,
	    networkCode: '64004', text: '' });
	assert.match(first.args.sessionId, /^\d\d-[0-9a-f]{32}$/);
	for (const request of rest)
		assert.equal(request.args.sessionId, first.args.sessionId);

	await until(() => heard('/events').length > 0, 'the end of the session');
	const end = heard('/events')[0];
	const { date, durationInMillis, ...fixed } = end.args;

	assert.match(end.type, /^application\/x-www-form-urlencoded/);
	assert.match(date, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
	assert.match(durationInMillis, /^\d+$/);
	assert.deepEqual(fixed, { sessionId: first.args.sessionId,
	    serviceCode: '*152*00#', networkCode: '64004',
	    phoneNumber: `+${NUMBER}`, status: 'Success', cost: '0',
	    hopsCount: '5', input: '3*2*500*1',
	    lastAppResponse: 'END Airtime of 500 bought.' });
});

test('what is dialled through arrives as its first text', async t => {
	const { institution, heard } = await open(t);
	const { bind } = await meet(t, { institution });

	await walk(new Handset(bind), [
		['*152*00*5*1*2*700#', 'Buy 700?\n1. Yes\n2. No'],
		['1', 'Airtime of 700 bought.', true],
	]);
	assert.deepEqual(texts(heard('/ussd')), ['2*700', '2*700*1']);
});

test('behind its end the dialogue goes on where the institution says',
    async t => {
	const { institution } = await open(t, { next: 'next = "home";' });
	const { bind } = await meet(t, { institution });

	await walk(new Handset(bind), [
		['*152*00*5*1#', WELCOME],
		['1', `Your balance is KES 120, +${NUMBER}\n98 Zaidi`],
		['98', COUNTER],
	]);
});

test('who hangs up, dials anew or walks away is told of', async t => {
	const { institution, heard } = await open(t, { timer: 10 });
	const { bind } = await meet(t, { institution });
	const [one, two, three] = ['1', '2', '3'].map(n =>
	    new Handset(bind, 'spec', `25571234567${n}`));
	const statusOf = handset => heard('/events')
	    .filter(request => request.args.phoneNumber === `+${handset.number}`)
	    .map(request => request.args.status);

	for (const handset of [one, two, three])
		await walk(handset, [['*152*00*5*1#', WELCOME]]);
	await one.deliver({ short_message: '', ussd_service_op: HANG_UP,
	    its_session_info: Buffer.from([one.session.number, 0x03]) });
	await walk(two, [['*152*00*5#', COUNTER]]);
	for (const handset of [one, two, three])
		await until(() => statusOf(handset).length > 0, 'its end');
	for (const handset of [one, two, three])
		assert.deepEqual(statusOf(handset), ['Incomplete']);
});

run();
