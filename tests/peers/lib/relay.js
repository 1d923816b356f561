/*
 * A relay between two peers that keeps what passes: who sent it, and the
 * octets, in the order in which they came.
 */
'use strict';

const net = require('net');

/* To PORT on loopback, from a port that is free. */
exports.start = async (t, port) => {
	const relay = new Relay(port);

	await new Promise(resolve => relay.server.listen(0, '127.0.0.1', resolve));
	t.end(() => relay.stop());
	return relay;
};

class Relay {
	constructor(port) {
		this.to = port;
		this.server = net.createServer(client => this.join(client));
		this.sockets = new Set();
		this.connections = []; /* each a list of { fromClient, octets } */
	}

	get port() {
		return this.server.address().port;
	}

	join(client) {
		const server = net.connect(this.to, '127.0.0.1');
		const passed = [];

		this.connections.push(passed);
		this.pass(client, server,
		    octets => passed.push({ fromClient: true, octets }));
		this.pass(server, client,
		    octets => passed.push({ fromClient: false, octets }));
	}

	pass(from, to, keep) {
		this.sockets.add(from);
		from.setNoDelay();
		from.on('data', octets => {
			keep(octets);
			to.write(octets);
		});
		from.on('end', () => to.end());
		from.on('error', () => to.destroy());
		from.on('close', () => this.sockets.delete(from));
	}

	stop() {
		this.server.close();
		for (const socket of this.sockets)
			socket.destroy();
	}
}
