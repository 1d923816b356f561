/*
 * The operator in a box, `mlango smsc`, with npm's smpp as its ESME and the
 * handsets in our hands.
 */
'use strict';

const assert = require('assert/strict');
const fs = require('fs');
const net = require('net');
const path = require('path');
const tls = require('tls');

const smpp = require('smpp');

const cleanup = require('./cleanup');
const { Peer, frame } = require('./peer');
const relays = require('./relay');
const { samples } = require('./samples');
const { Queue, until, within } = require('./wait');

const build = process.env.MLANGO_BUILDDIR ?? path.join(__dirname, '../../..');
const folder = cleanup.folder();

let count = 0;

/* MORE are arguments of its command. At the end of the test the box must end
 * as well, of itself. */
exports.open = async (t, dialect = 'spec', more = []) => {
	const box = new Box(`${folder}/${++count}`);

	box.run(dialect, more);
	t.log(box.log);
	t.end(async () => assert.equal(await box.stop(), 0, 'exit status'));
	box.relay = await relays.start(t, await until(() => box.says(), 'its port'));
	box.handsets = await handsets(t, box.phones);
	return box;
};

class Box {
	constructor(name) {
		this.log = `${name}.log`;
		this.phones = `${name}.sock`;
	}

	run(dialect, more) {
		this.process = cleanup.start([`${build}/mlango`, 'smsc', '--port', '0',
		    '--dialect', dialect, '--dialects', `${samples}/dialects.cfg`,
		    '--phones', this.phones, ...more], this.log);
	}

	/* The port, once it has said that it listens, and for whom. */
	says() {
		const said = fs.readFileSync(this.log, 'utf8');

		return said.includes('\nhandsets:') &&
		    Number(said.match(/listens on 127\.0\.0\.1:(\d+)/)[1]);
	}

	/* An ESME that has connected, and not yet bound; OPTIONS are npm's. */
	async esme(t, options = {}) {
		const session = smpp.connect({ host: '127.0.0.1',
		    port: this.relay.port, ...options });
		const esme = new Peer(session, {
			deliver_sm: () => ({}),
			enquire_link: () => ({}),
			unbind: () => ({}),
		});

		session.on('pdu', pdu => esme.hear(pdu));
		t.end(() => {
			session.destroy();
			assert.deepEqual(esme.complaints, []);
		});
		await within(new Promise(resolve => session.on('connect', resolve)),
		    'connection to the box');
		return esme;
	}

	/* Somebody who is not let in; gives what was said to it. */
	knock({ plain = false, ...options }) {
		const to = { host: '127.0.0.1', port: this.relay.port };
		const socket = plain ? net.connect(to) :
		    tls.connect({ ...to, rejectUnauthorized: false, ...options });
		let heard = '';

		socket.on('data', octets => { heard += octets.toString('latin1'); });
		socket.on('error', () => {});
		socket.write(frame(0x15, 1));
		return within(new Promise(resolve =>
		    socket.on('close', () => resolve(heard))), 'end of the knocking');
	}

	stop() {
		this.process.kill('SIGTERM');
		return within(this.process.ended, 'end of the box');
	}
}

/* Lines to handsets, and lines from them. */
async function handsets(t, socket) {
	const lines = new Queue();
	const connection = net.connect(socket);
	let rest = '';

	t.end(() => connection.destroy());
	connection.setEncoding('utf8');
	connection.on('data', text => {
		const whole = (rest + text).split('\n');

		rest = whole.pop();
		whole.forEach(line => lines.put(line));
	});
	await within(new Promise(resolve => connection.on('connect', resolve)),
	    'connection to the handsets');
	return {
		say: line => connection.write(`${line}\n`),
		next: () => lines.take('line of a handset'),
	};
}
