#!/usr/bin/env node
/*
 * Every PDU that the gateway sends, and the operator in a box, read by tshark:
 * without a complaint, and as npm's smpp has read it.
 */
'use strict';

const assert = require('assert/strict');

const { test, run, skip } = require('./lib/tap');
const tshark = require('./lib/tshark');

try {
	require('smpp');
} catch {
	skip("npm's smpp is not there; make check brings it");
}
if (!tshark.isThere())
	skip('tshark is not installed');

const smpp = require('smpp');

const boxes = require('./lib/box');
const { Handset } = require('./lib/handset');
const { folder, meet } = require('./lib/meeting');
const { frame } = require('./lib/peer');
const samples = require('./lib/samples');

/* What each of the two has to say. */
const GATEWAY = ['bind_transceiver', 'data_sm_resp', 'deliver_sm_resp',
    'enquire_link', 'enquire_link_resp', 'generic_nack', 'submit_sm', 'unbind',
    'unbind_resp'];
const BOX = ['bind_transceiver_resp', 'deliver_sm', 'enquire_link_resp',
    'generic_nack', 'submit_sm_resp', 'unbind_resp'];

const NUMBER = '255712345678';
/* ---- what is broken is found */

const GOOD = [
	new smpp.PDU('bind_transceiver', { sequence_number: 1, system_id: 'mlango',
	    password: 'secret', interface_version: 0x34 }).toBuffer(),
	new smpp.PDU('submit_sm', { sequence_number: 2, destination_addr: '255712345678',
	    short_message: 'Karibu', data_coding: 0, ussd_service_op: 2,
	    its_session_info: Buffer.from([7, 2]) }).toBuffer(),
];
const SM_LENGTH = GOOD[1].indexOf('Karibu') - 1;
const LAST_TLV_LENGTH = GOOD[1].length - 3;

/* What the client says, and what is said of it. */
const broken = {
	'whose text goes past its end':
	    [[GOOD[0], withOctet(SM_LENGTH, 99)], /Malformed Packet/],
	'that ends in an address': [[GOOD[0], cut(24)], /Malformed Packet/],
	'whose TLV goes past its end':
	    [[GOOD[0], withOctet(LAST_TLV_LENGTH, 9)], /\+ +9\n- +2\n/],
	'that is not there': [[GOOD[0]], /Expected values/],
	'that comes twice': [[...GOOD, GOOD[1]], /Expected values/],
};

test('a stream as it should be passes', () => judgeOctets('good', GOOD));

for (const [kind, [octets, message]] of Object.entries(broken))
	test(`a PDU ${kind} does not`, () =>
	    assert.rejects(judgeOctets(kind, octets), { message }));

function withOctet(at, value) {
	const octets = Buffer.from(GOOD[1]);

	octets[at] = value;
	return octets;
}

function cut(length) {
	const octets = Buffer.from(GOOD[1].subarray(0, length));

	octets.writeUInt32BE(length, 0);
	return octets;
}

function judgeOctets(name, sent) {
	return judge(name,
	    [sent.map(octets => ({ fromClient: true, octets }))],
	    GOOD.map(octets => new smpp.PDU(octets)));
}

/* ---- what the gateway says is right */

for (const dialect of ['spec', 'tata', 'address-only'])
	test(`tshark reads all that the gateway says in ${dialect}`, async t => {
		const { longResult } = samples;
		const { operator, relay, gateway, bind } = await meet(t, {
			link: { dialect, enquire_s: 1 }, relayed: true,
			rows: { [longResult.path]: longResult.answer } });

		await sayEverything(bind, new Handset(bind, dialect));
		await bind.ask('unbind');
		await bind.closed();
		/* Once it answers, it knows that it is bound, and will unbind. */
		await (await operator.bound()).ask('enquire_link');
		assert.equal(await gateway.stop(), 0);

		assert.deepEqual(commands(operator.heard), GATEWAY);
		await judge(`gateway-${dialect}`, relay.connections, operator.heard);
	});

/* Asks for one of each that the gateway has to say while it is bound. */
async function sayEverything(bind, handset) {
	await handset.talk(samples.bill);
	await handset.sms();
	await handset.text(samples.longResult.question);
	await handset.sms();
	await handset.sms();
	await handset.deliver({ source_addr: '', ussd_service_op: 1 });
	await bind.ask('data_sm', { source_addr: handset.number,
	    destination_addr: '15200', message_payload: 'DENI A1234567' });
	await handset.sms();
	bind.write(frame(0x00000abc, 7000));
	await bind.response(7000);
	await bind.ask('enquire_link');
	await bind.heard('enquire_link');
}

/* ---- and what the box says */

for (const dialect of ['spec', 'tata', 'address-only'])
	test(`tshark reads all that the box says in ${dialect}`, async t => {
		const box = await boxes.open(t, dialect);
		const esme = await box.esme(t);

		await esme.ask('bind_transceiver', { system_id: 'npm' });
		await esme.ask('enquire_link');
		box.handsets.say(`dial ${NUMBER} *152*00#`);
		await esme.heard('deliver_sm');
		box.handsets.say(`sms ${NUMBER} 15200 DENI \u00e8 \u0645\u0627\u0621`);
		await esme.heard('deliver_sm');
		await esme.ask('submit_sm', { source_addr: '15200',
		    destination_addr: NUMBER, registered_delivery: 1,
		    short_message: 'Huna deni.' });
		await esme.heard('deliver_sm');
		await esme.ask('submit_sm', { short_message: 'to nobody' });
		esme.write(frame(0x00000abc, 7000));
		await esme.response(7000);
		await esme.ask('unbind');
		await esme.closed();

		assert.deepEqual(commands(esme.all), BOX);
		await judge(`box-${dialect}`, box.relay.connections, esme.all,
		    { ofServers: true });
	});

function commands(pdus) {
	return [...new Set(pdus.map(pdu => pdu.command))].sort();
}

/* ---- two readers, one reading */

async function judge(name, connections, heard, { ofServers = false } = {}) {
	const { pdus, complaints } = await tshark.read(connections,
	    `${folder}/${name}.pcap`, { ofServers });

	assert.deepEqual(complaints, []);
	assert.deepEqual(pdus.map(asTsharkReads), heard.map(asNpmReads));
}

function asTsharkReads(pdu) {
	const tlvs = tshark.list(pdu['smpp.opt_params']?.['smpp.opt_param']);
	const all = Object.assign({}, ...tlvs, pdu);
	const number = name => all[name] && Number(all[name]);

	return {
		command: number('smpp.command_id'),
		length: number('smpp.command_length'),
		status: number('smpp.command_status') ?? 0,
		sequence: number('smpp.sequence_number'),
		system_id: pdu['smpp.system_id'],
		message_id: pdu['smpp.message_id'],
		source: pdu['smpp.source_addr'],
		destination: pdu['smpp.destination_addr'],
		features: number('smpp.esm.submit.features'),
		type: number('smpp.esm.submit.msg_type'),
		receipt: number('smpp.regdel.receipt'),
		coding: number('smpp.data_coding'),
		text: pdu['smpp.message_text'],
		op: number('smpp.ussd_service_op'),
		session: ['number', 'sequence', 'ind']
		    .map(part => number(`smpp.its_session.${part}`)),
		tlvs: tlvs.map(tlv => [Number(tlv['smpp.opt_param_tag']),
		    Number(tlv['smpp.opt_param_len'])]),
	};
}

function asNpmReads(pdu) {
	const [number, low] = pdu.its_session_info ?? [];
	const { params = {} } = smpp.commands[pdu.command];

	return {
		command: pdu.command_id,
		length: pdu.command_length,
		status: pdu.command_status,
		sequence: pdu.sequence_number,
		system_id: pdu.system_id,
		message_id: pdu.message_id || undefined,
		source: pdu.source_addr,
		destination: pdu.destination_addr,
		features: pdu.esm_class && pdu.esm_class >> 6,
		type: pdu.esm_class && pdu.esm_class >> 2 & 0x0f,
		receipt: pdu.registered_delivery,
		coding: pdu.data_coding,
		text: pdu.short_message?.message || undefined,
		op: pdu.ussd_service_op,
		session: [number, low && low >> 1, low && low & 1],
		tlvs: Object.keys(pdu)
		    .filter(name => name in smpp.tlvs && !(name in params))
		    .map(name => [smpp.tlvs[name].id,
		        smpp.tlvs[name].type.size(pdu[name])]),
	};
}

run();
