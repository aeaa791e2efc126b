#include "support/timestamp_authority.h"

#include <atomic>
#include <fstream>
#include <functional>
#include <iterator>
#include <mutex>
#include <stdexcept>

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/StreamCopier.h>

#include "support/temp_dir.h"

namespace loccit::testing {
namespace {

void write(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary)
      .write(text.data(), static_cast<std::streamsize>(text.size()));
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void run(const std::filesystem::path& folder, const std::string& command) {
  const std::string whole =
      "cd '" + folder.string() + "' && openssl " + command + " >/dev/null 2>log";
  if (std::system(whole.c_str()) != 0)
    throw std::runtime_error("openssl " + command + ": " + read(folder / "log"));
}

// evidence-formats: the leaf needs a critical extended key usage with time stamping alone.
constexpr std::string_view configuration = R"([req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
signer_cert = leaf.pem
certs = root.pem
signer_key = leaf.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
)";

// A TimeStampResp that holds PKIStatus rejection and nothing else.
constexpr std::string_view rejection{"\x30\x05\x30\x03\x02\x01\x02", 7};

}  // namespace

struct TimestampAuthority::State {
  TempDir folder;
  std::mutex one_at_a_time;  // openssl does not lock its serial file
  std::atomic<AuthorityMood> mood{AuthorityMood::honest};
  std::string earlier_answer;
  std::unique_ptr<Poco::Net::HTTPServer> server;

  std::string answer(std::string_view query) {
    const std::lock_guard lock(one_at_a_time);
    switch (mood.load()) {
      case AuthorityMood::refusing:
        return std::string(rejection);
      case AuthorityMood::garbled:
        return "<html>It works!</html>";
      case AuthorityMood::another_question:
        if (!earlier_answer.empty()) return earlier_answer;
        break;
      case AuthorityMood::honest:
      case AuthorityMood::broken:
        break;
    }
    write(folder / "query.tsq", query);
    run(folder.path(), "ts -reply -config tsa.cnf -queryfile query.tsq -out response.tsr");
    return earlier_answer = read(folder / "response.tsr");
  }
};

namespace {

using Answer = std::function<std::string(std::string_view)>;

class Handler : public Poco::Net::HTTPRequestHandler {
 public:
  Handler(Answer answer, bool broken) : answer_(std::move(answer)), broken_(broken) {}
  void handleRequest(Poco::Net::HTTPServerRequest& request,
                     Poco::Net::HTTPServerResponse& response) override {
    std::string query;
    Poco::StreamCopier::copyToString(request.stream(), query);
    if (broken_ || request.getContentType() != "application/timestamp-query") {
      response.setStatusAndReason(Poco::Net::HTTPResponse::HTTP_INTERNAL_SERVER_ERROR);
      response.send();
      return;
    }
    response.setContentType("application/timestamp-reply");
    const std::string body = answer_(query);
    response.sendBuffer(body.data(), body.size());
  }

 private:
  Answer answer_;
  bool broken_;
};

class Factory : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  Factory(Answer answer, std::atomic<AuthorityMood>& mood)
      : answer_(std::move(answer)), mood_(mood) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(
      const Poco::Net::HTTPServerRequest&) override {
    return new Handler(answer_, mood_.load() == AuthorityMood::broken);
  }

 private:
  Answer answer_;
  std::atomic<AuthorityMood>& mood_;
};

}  // namespace

bool TimestampAuthority::available() { return std::system("openssl version >/dev/null 2>&1") == 0; }

TimestampAuthority::TimestampAuthority() : state_(std::make_unique<State>()) {
  const auto& folder = state_->folder;
  write(folder / "tsa.cnf", configuration);
  write(folder / "serial", "01");
  run(folder.path(), "ecparam -name prime256v1 -genkey -noout -out root.key");
  run(folder.path(),
      "req -x509 -new -config tsa.cnf -extensions root -key root.key -subj '/CN=Test time root' "
      "-days 3650 -out root.pem");
  run(folder.path(), "ecparam -name prime256v1 -genkey -noout -out leaf.key");
  run(folder.path(),
      "req -new -config tsa.cnf -key leaf.key -subj '/CN=Test time stamps' -out leaf.csr");
  run(folder.path(),
      "x509 -req -in leaf.csr -CA root.pem -CAkey root.key -set_serial 2 -days 3650 -extfile "
      "tsa.cnf -extensions leaf -out leaf.pem");
  const Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0));
  auto* parameters = new Poco::Net::HTTPServerParams;
  parameters->setMaxThreads(2);
  State* state = state_.get();
  state_->server = std::make_unique<Poco::Net::HTTPServer>(
      new Factory([state](std::string_view query) { return state->answer(query); }, state_->mood),
      socket, parameters);
  state_->server->start();
}

TimestampAuthority::~TimestampAuthority() { state_->server->stopAll(true); }

void TimestampAuthority::set_mood(AuthorityMood mood) { state_->mood = mood; }
std::string TimestampAuthority::url() const {
  return "http://127.0.0.1:" + std::to_string(state_->server->port()) + "/tsr";
}
std::string TimestampAuthority::root_pem() const { return read(state_->folder / "root.pem"); }
std::string TimestampAuthority::leaf_pem() const { return read(state_->folder / "leaf.pem"); }
std::string TimestampAuthority::answer(std::string_view query) const {
  return state_->answer(query);
}

}  // namespace loccit::testing
