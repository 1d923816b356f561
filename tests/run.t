#!/usr/bin/perl
# The daemon and its signals, with neither Redis nor an operator there.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;
use Time::HiRes qw(sleep);

my $source = $ENV{MLANGO_SRCDIR} // abs_path(dirname(__FILE__) . '/..');
my $build = $ENV{MLANGO_BUILDDIR} // $source;
my $folder = tempdir(CLEANUP => 1);
my $log = "$folder/mlango.log";

write_file('secret', "secret\n");
chmod(0600, "$folder/secret");
write_file('gateway.cfg', <<"END");
menus = "$source/config/menus.cfg";
dialects = "$source/config/dialects.cfg";
log_file = "mlango.log";
redis: { socket = "nobody.sock"; };
links = ( { name = "voda"; hosts = [ "127.0.0.1" ]; port = 1;
	system_id = "mlango"; password_file = "secret"; dialect = "spec"; } );
END

my $daemon = fork();
exec("$build/mlango", 'run', '-c', "$folder/gateway.cfg") if $daemon == 0;
ok(becomes(sub { says('starting') }), 'it starts without Redis or operator');
rename($log, "$log.1");
kill('USR1', $daemon);
ok(becomes(sub { -e $log }), 'USR1 opens the log again');
kill('HUP', $daemon);
ok(becomes(sub { says('reloaded') }), 'HUP ends nothing');
kill('TERM', $daemon);
waitpid($daemon, 0);
is($?, 0, 'TERM ends it with 0');
ok(says('stopped'), 'its last line is in the new log');
done_testing();

sub write_file {
	my ($name, $text) = @_;

	open(my $out, '>', "$folder/$name") or die "$name: $!";
	print $out $text;
	close($out) or die "$name: $!";
}

sub says {
	my ($word) = @_;

	open(my $in, '<', $log) or return 0;
	return scalar(grep { /\b$word\b/ } <$in>);
}

# Waits for a condition, and no longer than half a minute.
sub becomes {
	my ($holds) = @_;

	for (1 .. 600) {
		return 1 if $holds->();
		sleep(0.05);
	}
	return 0;
}
