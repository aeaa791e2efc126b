// Owners of libcurl objects: the deleter is in the type, the size is a pointer's.
#pragma once

#include <memory>
#include <new>
#include <string>

#include <curl/curl.h>

namespace loccit {

// CURL and CURLM are both void: the deleter must be named, not overloaded.
template <auto Free>
struct FreedByCurl {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using EasyHandle = std::unique_ptr<CURL, FreedByCurl<curl_easy_cleanup>>;
using MultiHandle = std::unique_ptr<CURLM, FreedByCurl<curl_multi_cleanup>>;
using StringList = std::unique_ptr<curl_slist, FreedByCurl<curl_slist_free_all>>;

inline void append(StringList& list, const std::string& text) {
  curl_slist* longer = curl_slist_append(list.get(), text.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  list.release();
  list.reset(longer);
}

}  // namespace loccit
