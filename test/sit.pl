# Somebody at a station of a mailroomd: signs in, then sends each line that
# comes on standard input, and prints what the view says.
#	sit.pl PORT USER PASSPHRASE [KEY=VALUE...]
# A line "=KEY LINE" is sent under that request key.  KEY=VALUE goes with every
# line: sheets=paper.  Prints "VERDICT plain", then each extra behind a tab,
# then "print sheet CODE" where the page is to print.
use strict;
use warnings;
use HTTP::Tiny;
use JSON::PP;

my ($port, $user, $passphrase, @more) = @ARGV;
my $url = "http://127.0.0.1:$port/api";
my $http = HTTP::Tiny->new(timeout => 60);
my %headers = ('Content-Type' => 'application/json');
my %more = map { split /=/, $_, 2 } @more;
my $count = 0;
$| = 1;

sub post {
	my ($path, $body) = @_;
	my $r = $http->post("$url/$path",
	    { headers => \%headers, content => encode_json($body) });
	die "$r->{status}: $r->{content}\n" unless $r->{success};
	return $r;
}

my $r = post('session', { user => $user, passphrase => $passphrase });
($headers{Cookie}) = $r->{headers}{'set-cookie'} =~ /^([^;]+)/;
$headers{'Mailroom-Token'} = decode_json($r->{content})->{token};
print "signed in\n";
while (my $line = <STDIN>) {
	chomp $line;
	my $key = "sit-$$-" . ++$count;
	$key = $1 if $line =~ s/^=(\S+) //;
	my $view = decode_json(post('station',
	    { line => $line, request => $key, %more })->{content});
	print "$view->{verdict} $view->{plain}\n";
	print "\t$_\n" for @{ $view->{extras} };
	my ($what, $code) = %{ $view->{print} // {} };
	print "print $what $code\n" if defined $what;
}
