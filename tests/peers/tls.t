#!/usr/bin/env node
/*
 * SMPP in TLS with npm's smpp, and node's TLS, at the other end: as the
 * operator of our gateway, and as an ESME of our operator in a box.
 */
'use strict';

const assert = require('assert/strict');
const fs = require('fs');

const { test, run, skip } = require('./lib/tap');

try {
	require('smpp');
} catch {
	skip("npm's smpp is not there; make check brings it");
}

const boxes = require('./lib/box');
const { file, shown, believed } = require('./lib/certificates');
const gateways = require('./lib/gateway');
const { Handset } = require('./lib/handset');
const { folder, meet, store } = require('./lib/meeting');
const operators = require('./lib/operator');
const samples = require('./lib/samples');
const { until } = require('./lib/wait');

const OK = 0;
const NUMBER = '255712345678';

const trusting = { tls: 'on', tls_ca_file: file('ca.pem') };
const showing = { ...trusting, tls_certificate_file: file('client.pem'),
    tls_key_file: file('client.key') };

/* ---- our gateway, and an operator that we did not write */

for (const version of ['TLSv1.2', 'TLSv1.3'])
	test(`a bill is asked for in ${version}`, async t => {
		const { bind, relay } = await meet(t, { link: trusting,
		    relayed: true, tls: { ...shown('good'),
		        minVersion: version, maxVersion: version } });
		const handset = new Handset(bind);

		assert.equal(bind.session.socket.getProtocol(), version);
		await handset.talk(samples.bill);
		assert.equal((await handset.sms()).short_message.message,
		    samples.billBySms);
		const passed = Buffer.concat(relay.connections.flat()
		    .map(({ octets }) => octets)).toString('latin1');

		for (const word of ['mlango', 'secret', NUMBER, 'Karibu'])
			assert.ok(!passed.includes(word), `${word} can be read`);
	});

test('our certificate is shown to an operator that asks for it', async t => {
	const { bind } = await meet(t, { link: showing, tls: { ...shown('good'),
	    ...believed('ca'), requestCert: true, rejectUnauthorized: true } });

	assert.ok(bind.session.socket.authorized);
	assert.equal(bind.session.socket.getPeerCertificate().subject.CN, 'client');
	await new Handset(bind).talk(samples.bill);
});

test('a long answer and many screens at once pass unharmed', async t => {
	const { path, answer, question, sms } = samples.longResult;
	const { bind } = await meet(t, { link: trusting,
	    tls: shown('good'), rows: { [path]: answer } });
	const handset = new Handset(bind);

	await handset.text(question);
	const parts = [await handset.sms(), await handset.sms()];

	assert.equal(parts.map(part => part.short_message.message).join(''), sms);
	await Promise.all(Array.from({ length: 50 }, (_, i) =>
	    new Handset(bind, 'spec', `2557123450${10 + i}`).talk(samples.bill)));
});

const refusals = {
	stranger: 'its authority is not in tls_ca_file',
	self: 'it is self-signed, and not in tls_ca_file',
	expired: 'it has expired',
	elsewhere: 'it is for another address wanted=127.0.0.1',
};

for (const [name, says] of Object.entries(refusals))
	test(`an operator is left alone when ${says}`, async t => {
		const operator = await operators.start(t, shown(name));
		const gateway = await gateways.start(t, { folder,
		    redis: { socket: (await store).socket },
		    port: operator.port, link: trusting });

		await until(() => gateway.said(
		    `no TLS: the peer's certificate is refused: ${says}`), 'why');
		assert.deepEqual(operator.heard, []);
	});

/* ---- our operator, and an ESME that we did not write */

const listens = ['--tls-cert', file('good.pem'), '--tls-key', file('good.key')];

async function bind(t, box, options) {
	const esme = await box.esme(t, { tls: true, servername: 'smsc.example',
	    rejectUnauthorized: true, ...believed('ca'), ...options });
	const response = await esme.ask('bind_transceiver',
	    { system_id: 'npm', password: 'any', interface_version: 0x34 });

	assert.equal(response.command_status, OK);
	return esme;
}

for (const version of ['TLSv1.2', 'TLSv1.3'])
	test(`an ESME talks with our operator in ${version}`, async t => {
		const box = await boxes.open(t, 'spec', listens);
		const esme = await bind(t, box,
		    { minVersion: version, maxVersion: version });

		box.handsets.say(`sms ${NUMBER} 15200 DENI A1234567`);
		assert.equal((await esme.heard('deliver_sm')).short_message.message,
		    'DENI A1234567');
		assert.equal((await esme.ask('submit_sm', { source_addr: '15200',
		    destination_addr: NUMBER, data_coding: 0,
		    short_message: 'Huna deni.' })).command_status, OK);
		assert.equal(await box.handsets.next(),
		    `sms ${NUMBER} 15200 Huna deni.`);
		assert.equal((await esme.ask('unbind')).command_status, OK);
		await esme.closed();
	});

test('our operator can want to see a certificate', async t => {
	const box = await boxes.open(t, 'spec',
	    [...listens, '--tls-ca', file('ca.pem')]);
	const says = () => fs.readFileSync(box.log, 'utf8');

	await bind(t, box, shown('client'));
	for (const [options, why] of [
		[{}, 'the peer shows no certificate'],
		[shown('stranger'), 'its authority is not in'],
	]) {
		await box.knock(options);
		await until(() => says().includes(why), why);
	}
});

test('our operator speaks nothing older, and nothing plain', async t => {
	const box = await boxes.open(t, 'spec', listens);
	const says = () => fs.readFileSync(box.log, 'utf8');

	await box.knock({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1',
	    ciphers: 'ALL:@SECLEVEL=0' });
	await until(() => says().includes('speaks no TLS from 1.2 on'), 'why');
	const heard = await box.knock({ plain: true });

	await until(() => says().includes('does not speak TLS'), 'why');
	assert.ok(!heard.includes('\x80\0\0\x15'), 'it has answered');
});

run();
